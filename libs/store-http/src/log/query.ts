// What may be asked of the log.
import { AppError } from '@ordershop/core'
import type { WatchOptions } from '@ordershop/event-store'
import { parseBody, wholeNumber } from '@ordershop/service'
import type { Request } from 'express'
import { z } from 'zod'

const listed = z
  .string()
  .min(1)
  .max(4_096)
  .transform((list) => list.split(','))
const id = z.string().min(1).max(256)
const filters = (topics: readonly string[]) => ({
  topic: listed
    .refine((names) => names.every((name) => topics.includes(name)), `expected ${topics.join(', ')}`)
    .optional(),
  type: listed.optional(),
  entity: id.optional(),
  correlation_id: id.optional(),
  from: z
    .union(
      [z.literal(['now', 'beginning']), z.iso.datetime({ offset: true }).transform((time) => new Date(time))],
      'expected now, beginning or a time as 2026-01-31T12:00:00Z',
    )
    .optional(),
})

const limit = wholeNumber(1, 1_000).default(100)
type From = z.output<ReturnType<typeof filters>['from']>

/** The question of a stream: `Last-Event-ID` wins over `from`, which is only where it began. */
export function streamQuery(request: Request, topics: readonly string[]): WatchOptions {
  const schema = z.strictObject({ ...filters(topics), last_event_id: z.string().optional() })
  const { last_event_id, from, ...wanted } = parseBody(schema, { ...request.query }, 'query')
  const cursor = request.get('last-event-id') || last_event_id
  return { ...filterOf(wanted), from: cursor ? { cursor } : begin(from ?? 'now') }
}

/** The question of a page. */
export function pageQuery(request: Request, topics: readonly string[]) {
  const schema = z.strictObject({ ...filters(topics), limit, after: z.string().optional() })
  const { after, from, limit: most, ...wanted } = parseBody(schema, { ...request.query }, 'query')
  const options: WatchOptions = {
    ...filterOf(wanted),
    from: after ? { cursor: after } : begin(from ?? 'beginning'),
  }
  return { options, limit: most }
}

/** The question of an entity's history. */
export function historyQuery(request: Pick<Request, 'query'>) {
  const before = z
    .string()
    .regex(/^[1-9]\d{0,14}(@\d{1,20}-\d{1,20})?$/, 'expected a version, or that of a next link')
  const asked = parseBody(
    z.strictObject({ key: id.optional(), limit, before: before.optional() }),
    { ...request.query },
    'query',
  )
  const isToken = asked.before?.includes('@')
  return {
    key: asked.key,
    limit: asked.limit,
    ...(asked.before === undefined ? {} : { before: isToken ? asked.before : Number(asked.before) }),
  }
}

/** What a cursor was sent as, when it is bad. */
export function naming<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    const fields = [{ path: name, message: error.message }]
    throw new AppError('invalid', `${name}: ${error.message}`, { cause: error, fields })
  }
}

const begin = (from: NonNullable<From>): WatchOptions['from'] =>
  from instanceof Date ? { time: from } : from

function filterOf(wanted: {
  topic?: string[] | undefined
  type?: string[] | undefined
  entity?: string | undefined
  correlation_id?: string | undefined
}) {
  const { topic, type, entity, correlation_id } = wanted
  return {
    ...(topic ? { topics: [...new Set(topic)] } : {}),
    ...(type ? { types: type } : {}),
    ...(entity ? { entityId: entity } : {}),
    ...(correlation_id ? { correlationId: correlation_id } : {}),
  }
}
