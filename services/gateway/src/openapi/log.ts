// The log over HTTP, as `@ordershop/store-http/log` answers it.
import { catalog, entityKinds } from '@ordershop/contracts'
import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { resources } from '../v1/resources.ts'
import { answer, json, problems } from './shared.ts'

const text = z.string()
const recorded = z
  .object({
    ...{ event_id: z.uuid(), type: text, topic: text, partition: z.int(), entity_id: text, key: text },
    ...{ version: z.int().min(1), position: z.int().min(1), entry_id: text, recorded_at: z.iso.datetime() },
    ...{ schema_version: z.int().min(1), correlation_id: text, causation_id: text },
    ...{ traceparent: text.optional(), actor: text.optional(), data: z.unknown() },
  })
  .meta({ id: 'Recorded', description: 'An event as it was recorded' })
const unreadable = z
  .object({ topic: text, partition: z.int(), entry_id: text, problem: text })
  .meta({ id: 'Unreadable', description: 'An entry that cannot be decoded' })
const shown = z.union([recorded, unreadable])
const next = text.nullable().describe('The path of the next page; `null` on the last')
const page = z.object({ items: z.array(shown), next }).meta({ id: 'EventPage' })
const effects = z
  .object({
    event: shown,
    get effects() {
      return z.array(effects)
    },
  })
  .meta({ id: 'Effects' })
const causes = z
  .object({
    ancestors: z.array(shown).describe('Oldest first'),
    tree: effects,
    complete: z.boolean().describe('False: there may be more than was looked at'),
    searched: z.int().describe('Entries that were looked at'),
  })
  .meta({ id: 'Causes' })
const partitionEnd = z.object({ partition: z.int(), head: z.int(), trimmed: z.int() })
const topics = z
  .object({ topics: z.array(z.object({ topic: text, partitions: z.array(partitionEnd) })) })
  .meta({ id: 'Topics' })

const limit = z.int().min(1).max(1_000).default(100)
const id = text.min(1).max(256)
const filters = {
  topic: text.regex(listOf(catalog.topics)).optional().describe('One, or several with commas'),
  type: text.min(1).max(4_096).optional().describe('One, or several with commas'),
  entity: id.optional(),
  correlation_id: id.optional(),
  from: z
    .union([z.enum(['now', 'beginning']), z.iso.datetime({ offset: true })])
    .optional()
    .describe('Default: now for a stream, beginning for a page'),
}
const history = {
  key: id
    .optional()
    .describe(
      'What it was written with: of a record of stock its product, of a billing its order, once it is gone',
    ),
  limit,
  before: text.regex(/^[1-9]\d{0,14}(@\d{1,20}-\d{1,20})?$/).optional(),
}

function listOf(names: readonly string[]): RegExp {
  const one = `(${names.join('|')})`
  return new RegExp(`^${one}(,${one})*$`)
}

const reading = (operationId: string, summary: string) => ({ operationId, summary, tags: ['v1'] })

const events: ZodOpenApiOperationObject = {
  ...reading('listEvents', 'Events of every topic, as pages or as a stream'),
  description:
    'With `Accept: text/event-stream` Server-Sent Events: each event under its cursor as `id`; `ready` once all there was is sent; `unreadable` for an entry that cannot be decoded; `end` with a reason before the stream is closed. ' +
    'It goes on behind `Last-Event-ID`, at any gateway. Events of a partition come in order, those of different ones in any. ' +
    '409: the log has lost what was read up to there, or is another one; what follows is not its continuation, so begin at a time or anew.',
  requestParams: {
    query: z.object({ ...filters, limit, after: text.optional(), last_event_id: text.optional() }),
    header: z.object({ 'Last-Event-ID': text.optional() }),
  },
  responses: {
    200: {
      description: 'A page, or a stream',
      content: { ...json(page), 'text/event-stream': { schema: text } },
    },
    ...problems(400, 409),
  },
}

const historyOf = (operationId: string, path: z.ZodObject): ZodOpenApiOperationObject => ({
  ...reading(operationId, 'What became of an entity, newest first'),
  requestParams: { path, query: z.object(history) },
  responses: { 200: answer('A page', page), ...problems(400, 404) },
})

const named = z.object({ event_id: z.uuidv7() })

export const logPaths: ZodOpenApiPathsObject = {
  '/v1/topics': {
    get: {
      ...reading('listTopics', 'Where each partition of each topic ends'),
      responses: { 200: answer('All topics', topics), ...problems() },
    },
  },
  '/v1/events': { get: events },
  '/v1/events/{event_id}': {
    get: {
      ...reading('getEvent', 'One event'),
      requestParams: { path: named },
      responses: { 200: answer('As it was recorded', shown), ...problems(400, 404) },
    },
  },
  '/v1/causes/{event_id}': {
    get: {
      ...reading('getCauses', 'What an event came from, and what it led to'),
      requestParams: { path: named },
      responses: { 200: answer('As far as was looked', causes), ...problems(400, 404) },
    },
  },
  '/v1/topics/{topic}/entities/{id}/events': {
    get: historyOf('listEntityEvents', z.object({ topic: text, id })),
  },
  ...Object.fromEntries(
    entityKinds.map((kind) => [
      `${resources[kind].path}/{id}/events`,
      { get: historyOf(`list${kind[0]?.toUpperCase()}${kind.slice(1)}Events`, z.object({ id })) },
    ]),
  ),
}
