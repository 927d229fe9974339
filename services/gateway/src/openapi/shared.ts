// What operations have in common: headers, parameters, refusals.
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type {
  ZodOpenApiMediaTypeObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { cursor, entityTag, maxWaitSeconds } from '../v1/headers.ts'

type Schema = NonNullable<ZodOpenApiMediaTypeObject['schema']>

const header = (id: string, description: string, schema: z.ZodType = z.string()) =>
  schema.meta({ description, header: { id } })

const headers = {
  ETag: header(
    'ETag',
    'Names the version of the entity in this history, e.g. `"3-1764237600000-0"`',
    z.string().regex(/^"[1-9][0-9]*-[0-9]+-[0-9]+"$/),
  ),
  Location: header('Location', 'Where the entity lies', z.string().regex(/^\/v1\//)),
  Link: header('Link', 'The next page, if there is one, as `rel="next"`', z.string().optional()),
  'Retry-After': header('Retry-After', 'Seconds', z.string().regex(/^[0-9]+$/)),
  'Idempotency-Replayed': header(
    'Idempotency-Replayed',
    '`true`: this is the answer to the first request',
    z.literal('true').optional(),
  ),
  'WWW-Authenticate': header(
    'WWW-Authenticate',
    'What is wrong with the credential, as RFC 6750 has it',
    z.string().regex(/^Bearer /),
  ),
  RateLimit: header(
    'RateLimit',
    'Where there are limits of how often callers may ask: what is left, `r`, and in how many seconds the window ends, `t`, e.g. `"caller";r=99;t=10`',
    z.string().optional(),
  ),
  'RateLimit-Policy': header(
    'RateLimit-Policy',
    'The limits themselves: requests, `q`, in a window of `w` seconds, e.g. `"caller";q=100;w=10`',
    z.string().optional(),
  ),
  'Preference-Applied': header('Preference-Applied', '`wait=N`, if it was asked for', z.string().optional()),
}
export type HeaderName = keyof typeof headers

/** An answer with a JSON body and headers of `headers`. */
export function answer(
  description: string,
  schema: Schema,
  named: readonly HeaderName[] = [],
): ZodOpenApiResponseObject {
  return { description, ...withHeaders(named), content: json(schema) }
}

/** These headers, and those that any answer may have. */
export function withHeaders(named: readonly HeaderName[]): Pick<ZodOpenApiResponseObject, 'headers'> {
  const all = [...named, 'RateLimit', 'RateLimit-Policy'] as const
  return { headers: z.object(Object.fromEntries(all.map((name) => [name, headers[name]]))) }
}

export const json = (schema: Schema) => ({ 'application/json': { schema } })

const waitDescription = `\`wait=N\`: the answer to one order is held back until it is confirmed or rejected, at most N and at most ${maxWaitSeconds} seconds.`
const keyDescription =
  'Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. ' +
  'A request that failed as a whole may be sent again under its key.'

const text = z.string()
const atDescription =
  'As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis'

export const parameters = {
  at: z
    .union([text.regex(/^[1-9]\d{0,14}$/), z.iso.datetime({ offset: true })])
    .optional()
    .meta({ description: atDescription, param: { id: 'At' }, examples: ['17', '2026-01-02T03:04:05Z'] }),
  // Written out at each operation: an example of it is of one kind of entity.
  id: text.meta({ description: 'The id of the entity' }),
  limit: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ description: 'Entities of a page', param: { id: 'Limit' } }),
  after: text
    .regex(cursor)
    .optional()
    .meta({ description: 'The cursor of a `next` link', param: { id: 'After' } }),
  'If-Match': z
    .union([z.literal('*'), text.regex(entityTag)])
    .optional()
    .meta({
      description: 'Carry this out only if the entity still has this one ETag; `*`: whatever it has',
      param: { id: 'IfMatch' },
    }),
  'If-None-Match': text
    .optional()
    .meta({ description: 'Answer 304 if the entity still has this ETag', param: { id: 'IfNoneMatch' } }),
  'Idempotency-Key': text
    .min(1)
    .max(255)
    .regex(/^[ -~]*$/)
    .optional()
    .meta({ description: keyDescription, param: { id: 'IdempotencyKey' } }),
  Prefer: text.optional().meta({ description: waitDescription, param: { id: 'Prefer' } }),
}

export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

const reasons = {
  400: 'The request cannot be understood, or names what does not exist; `errors` names each field',
  401: 'No credential was sent where one is required, or one that is not good, or not any more',
  403: 'The caller has not the role that this needs: `read` to read, `ops` to operate, `write` for the rest',
  404: 'There is no such entity, or nothing else that the path names',
  409: 'The entity, or the log, is in a state that does not allow this, or the same request is under way',
  412: 'The entity is at another version than `If-Match` names, or at the same one of another history; nothing was written',
  413: 'The body is longer than 1 MiB',
  414: 'The URL is longer than 8 KiB',
  415: 'The body is of another type than JSON; that of a PATCH, and of no other method, is a merge patch',
  422: 'The `Idempotency-Key` belongs to another request',
  429: 'This caller, or all together, asked more often than the shop allows; nothing was written',
  431: 'The headers are longer than 16 KiB together; there is no body',
  500: 'An unexpected error',
  503: 'The shop cannot answer now, or has more to do than it can; a write may or may not be stored, and may be sent again',
}

const headersOf: Readonly<Record<string, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  403: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

// Each is one object, by which zod-openapi knows it again.
const refusals = Object.fromEntries(
  Object.entries(reasons).map(([status, reason]): [string, ZodOpenApiResponseObject] => [
    status,
    {
      id: `Problem${status}`,
      description: `${STATUS_CODES[status]}. ${reason}`,
      ...withHeaders(headersOf[status] ?? []),
      // That of 431 is Node's, sent before anything is known of the request.
      ...(status === '431' ? {} : { content: { 'application/problem+json': { schema: problem } } }),
    },
  ]),
)

/** Refusals of an operation, each as `application/problem+json`; those that any may meet are always among them. */
export function problems(...statuses: readonly (keyof typeof reasons)[]): ZodOpenApiResponsesObject {
  const possible = [...statuses, 401, 403, 414, 429, 431, 500, 503].map((status) => [
    status,
    refusals[status],
  ])
  return Object.fromEntries(possible)
}
