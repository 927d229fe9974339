// The shop's events as AsyncAPI 3: a channel for each topic, and who sends and receives there, as the table of services has it.
import { catalog, exampleOf, type ShopEvent, serviceNames, serviceOf, type Topic } from '@ordershop/contracts'

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }

/** What comes with every event, beside its data. */
const envelope = {
  type: 'object',
  description:
    'Who recorded what, where and why. GET /v1/events has these beside `type` and `data`, in one object.',
  required: [
    'event_id',
    'entity_id',
    'version',
    'position',
    'schema_version',
    'correlation_id',
    'causation_id',
  ],
  properties: {
    event_id: { ...text, format: 'uuid', description: 'UUIDv7, drawn by the writer' },
    entity_id: text,
    key: { ...text, description: 'What partition and order hang on: the entity, of stock the product' },
    version: { ...whole, description: 'Of its entity: 1, 2, 3, …' },
    position: { ...whole, description: 'In its partition: 1, 2, 3, … without a gap' },
    schema_version: whole,
    correlation_id: { ...text, description: 'The same for everything that one request led to' },
    causation_id: { ...text, description: 'The event or command that led to this directly' },
    traceparent: { ...text, description: 'W3C trace context' },
    actor: { ...text, description: 'Who did it, where known' },
  },
}

/** Who appends to a topic. */
export const producersOf = (topic: Topic) =>
  serviceNames.filter((name) => serviceOf(name).owns?.includes(topic))

/** Whose consumer group or projection reads a topic. */
export const consumersOf = (topic: Topic) =>
  serviceNames.filter((name) => {
    const { subscribesTo = [], projects = [] } = serviceOf(name)
    return [...subscribesTo, ...projects].includes(topic)
  })

const messages = Object.fromEntries(
  catalog.topics.flatMap((topic) => catalog.typesOf(topic).map((type) => [type, message(topic, type)])),
)

function message(topic: Topic, type: string) {
  return {
    name: type,
    title: type.replaceAll('_', ' '),
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/Envelope' },
    payload: catalog.jsonSchema(topic, type),
    correlationId: { location: '$message.header#/correlation_id' },
    examples: [{ name: type, payload: exampleOf(type as ShopEvent['type']).data }],
  }
}

function channel(topic: Topic) {
  const types = catalog.typesOf(topic)
  return {
    address: `events:${topic}:{partition}`,
    title: topic,
    description: `Redis Streams, one for each partition; their keys are \`events:{${topic}:<partition>}\`. In order for each key.`,
    parameters: { partition: { description: 'CRC-32 of the key, modulo the number of partitions' } },
    messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
  }
}

function operation(action: 'send' | 'receive', service: string, topic: Topic) {
  const how = action === 'send' ? 'appends to' : 'reads, as a consumer group or projection,'
  return [
    `${service}-${action}s-${topic}`,
    {
      action,
      title: `${service} ${action}s ${topic}`,
      summary: `${service} ${how} topic ${topic}`,
      channel: { $ref: `#/channels/${topic}` },
      tags: [{ name: service }],
    },
  ] as const
}

/** Everything that can have happened in the shop, and between whom, as AsyncAPI 3.0. */
export const asyncapi = {
  asyncapi: '3.0.0',
  info: {
    title: 'OrderShop',
    version: '1.0.0',
    description:
      'The services share state by these events alone. Delivered in order for each key and at least once. Fields are added, never renamed.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  channels: Object.fromEntries(catalog.topics.map((topic) => [topic, channel(topic)])),
  operations: Object.fromEntries(
    catalog.topics.flatMap((topic) => [
      ...producersOf(topic).map((service) => operation('send', service, topic)),
      ...consumersOf(topic).map((service) => operation('receive', service, topic)),
    ]),
  ),
  components: { schemas: { Envelope: envelope }, messages },
}
