// Every topic and event of the shop. Published language: fields are added, never renamed; a new meaning is a new event.
import { createHash } from 'node:crypto'
import { AppError, refusedFields } from '@ordershop/core'
import { z } from 'zod'
import { billingEvents } from './billing.ts'
import { customerEvents } from './customer.ts'
import { inventoryEvents } from './inventory.ts'
import { deliveryEvents, mailEvents } from './mail.ts'
import { orderEvents } from './order.ts'
import { problemsOf } from './problems.ts'
import { productEvents } from './product.ts'
import { reservationEvents } from './reservation.ts'

const schemas = {
  customer: customerEvents,
  product: productEvents,
  inventory: inventoryEvents,
  reservation: reservationEvents,
  order: orderEvents,
  billing: billingEvents,
  mail: mailEvents,
  delivery: deliveryEvents,
} as const

/** A kind of entity that has its own part of the log. */
export type Topic = keyof typeof schemas

type EventsOf<Schemas> = {
  [Type in keyof Schemas]: Schemas[Type] extends z.ZodType<infer Data> ? { type: Type; data: Data } : never
}[keyof Schemas]

/** Everything that can have happened in the shop: `{ type: 'customer_created', data: Customer } | …`. */
export type ShopEvent = { [T in Topic]: EventsOf<(typeof schemas)[T]> }[Topic]

/** The events of one topic, e.g. `TopicEvent<'order'>`. */
export type TopicEvent<T extends Topic> = EventsOf<(typeof schemas)[T]>

/** The event of one type, e.g. `EventOf<'order_created'>`. */
export type EventOf<Type extends ShopEvent['type']> = Extract<ShopEvent, { type: Type }>

const newestSchemaVersion = 1

const known = new Map(
  Object.entries(schemas).flatMap(([topic, events]) =>
    Object.entries(events).map(([type, schema]) => [type, { topic, schema: schema as z.ZodType }] as const),
  ),
)

function schemaOf(topic: string, type: string): z.ZodType {
  const found = known.get(type)
  if (found?.topic === topic) return found.schema
  throw new AppError(
    'invalid',
    `event ${type} of topic ${topic}: expected one of ${typesOf(topic).join(', ')}`,
  )
}

function typesOf(topic: string): string[] {
  return [...known].filter(([, event]) => event.topic === topic).map(([type]) => type)
}

/** Of a schema and its version, 8 characters. A rule that JSON Schema does not have needs a new version to show. */
export function fingerprintOf(schema: z.ZodType, version = newestSchemaVersion): string {
  const text = `${version} ${JSON.stringify(z.toJSONSchema(schema))}`
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}

/** By schema: made when first asked for. */
const fingerprints = new Map<z.ZodType, string>()

/** What the event store knows of the shop's events: give it to `redisEventStore({ catalog })`. */
export const catalog = {
  /** Every topic there is. */
  topics: Object.keys(schemas) as readonly Topic[],

  /** Every type of a topic's events, e.g. `['customer_created', …]`. */
  typesOf,

  /** What an event's data must be, as JSON Schema draft 7. @throws AppError `invalid` for an unknown type. */
  jsonSchema(topic: string, type: string): object {
    const { $schema: _, ...schema } = z.toJSONSchema(schemaOf(topic, type), { target: 'draft-7' })
    return schema
  },

  /** The schema version new events are written with: 1 for all so far. @throws AppError `invalid` for an unknown type. */
  schemaVersion(topic: string, type: string): number {
    schemaOf(topic, type)
    return newestSchemaVersion
  },

  /** @throws AppError `invalid` for an unknown type. */
  fingerprint(topic: string, type: string): string {
    const schema = schemaOf(topic, type)
    const fingerprint = fingerprints.get(schema) ?? fingerprintOf(schema)
    fingerprints.set(schema, fingerprint)
    return fingerprint
  },

  /**
   * Checks an event's data and drops fields that its schema does not name, so that a newer writer may add some.
   *
   * @throws AppError `invalid` for an unknown type or schema version, or with one problem per field that does not fit.
   */
  parse(topic: string, type: string, schemaVersion: number, data: unknown): ShopEvent {
    const schema = schemaOf(topic, type)
    if (schemaVersion !== newestSchemaVersion) {
      throw new AppError(
        'invalid',
        `${type} has schema version ${schemaVersion}, expected ${newestSchemaVersion}`,
      )
    }
    const parsed = schema.safeParse(data)
    if (parsed.success) return { type, data: parsed.data } as ShopEvent
    throw refusedFields(type, problemsOf(parsed.error, data))
  },
} as const
