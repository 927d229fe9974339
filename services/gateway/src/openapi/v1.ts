// What /v1 takes and answers, as OpenAPI: the schemas are those that the routes themselves parse and show.
import { type EntityKind, entityKinds, http, maxItems } from '@ordershop/contracts'
import { z } from 'zod'
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponseObject,
} from 'zod-openapi'
import { maxBillings } from '../v1/create.ts'
import { filters } from '../v1/list.ts'
import { patchOf } from '../v1/patch.ts'
import { resources } from '../v1/resources.ts'
import { answer, type HeaderName, json, parameters, problem, problems, withHeaders } from './shared.ts'

/** `Customer` */
const nameOf = (entity: string) => `${entity[0]?.toUpperCase()}${entity.slice(1)}`
/** `Customers`, but `Inventory`. */
const listNameOf = (entity: EntityKind) => nameOf(resources[entity].path.slice('/v1/'.length))

const accepted = http.changed.extend({ id: z.string() }).meta({ id: 'Accepted' })
const created = z
  .object({ status: z.union([z.literal(201), z.literal(202)]), id: z.uuid(), location: z.string() })
  .meta({ id: 'Report' })
const refused = z.object({ status: z.int().min(400), problem }).meta({ id: 'Refusal' })
const reports = z.object({ items: z.array(z.union([created, refused])) }).meta({ id: 'Reports' })

const storedOnly = (headers: readonly HeaderName[] = []): ZodOpenApiResponseObject =>
  answer('Stored, but readers cannot see it yet', accepted, headers)

const filtering =
  'What is asked for must all fit. A page ends once some 1,000 orders were looked at, however few of them fit: it may be empty and have a next one.'

const lookingBack =
  'With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.'
const ofGone = z
  .uuid()
  .optional()
  .describe('With `at`: the product of the record, which is needed once that is gone')

export const v1Paths: ZodOpenApiPathsObject = Object.fromEntries(entityKinds.flatMap(pathsOf))

function pathsOf(entity: EntityKind): [string, ZodOpenApiPathItemObject][] {
  const name = nameOf(entity)
  const shown = resources[entity].entity.meta({ id: name })
  const input = resources[entity].body.meta({ id: `${name}Input` })
  const { path } = resources[entity]
  return [
    [path, { get: list(entity, shown), post: create(entity, shown, input) }],
    [
      `${path}/{id}`,
      { get: find(entity, shown), ...(entity === 'billing' ? {} : changes(entity, shown, input)) },
    ],
  ]
}

function list(entity: EntityKind, shown: z.ZodType): ZodOpenApiOperationObject {
  const { limit, after } = parameters
  const next = z.string().nullable().describe('The path of the next page; `null` on the last')
  const page = z.object({ items: z.array(shown), next }).meta({ id: `${nameOf(entity)}Page` })
  return {
    ...{ operationId: `list${listNameOf(entity)}`, tags: ['v1'] },
    requestParams: { query: z.object({ limit, after, ...filters[entity] }) },
    summary: 'One page, in order of creation',
    ...(entity === 'order' ? { description: filtering } : {}),
    responses: { 200: answer('A page', page, ['Link']), ...problems(400) },
  }
}

function create(entity: EntityKind, shown: z.ZodType, input: z.ZodType): ZodOpenApiOperationObject {
  const several = z
    .array(z.unknown())
    .min(1)
    .max(entity === 'billing' ? maxBillings : maxItems)
  const { 'Idempotency-Key': key, Prefer } = parameters
  const waits = entity === 'order'
  const headers: HeaderName[] = [
    'Location',
    'Idempotency-Replayed',
    ...(waits ? ['Preference-Applied' as const] : []),
  ]
  return {
    ...{ operationId: `create${listNameOf(entity)}`, tags: ['v1'] },
    requestParams: { header: z.object({ 'Idempotency-Key': key, ...(waits ? { Prefer } : {}) }) },
    summary: 'Creates one, or each of an array',
    description:
      'Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.',
    requestBody: { required: true, content: json(z.union([input, several])) },
    responses: {
      201: answer('Created', shown, ['ETag', ...headers]),
      202: storedOnly(headers),
      207: answer('What became of each item of an array', reports, ['Idempotency-Replayed']),
      ...problems(400, 409, 413, 415, 422),
    },
  }
}

function find(entity: EntityKind, shown: z.ZodType): ZodOpenApiOperationObject {
  const name = nameOf(entity)
  const { id, at, 'If-None-Match': ifNoneMatch } = parameters
  const query = z.object({ at, ...(entity === 'inventory' ? { product_id: ofGone } : {}) })
  return {
    ...{ operationId: `get${name}`, tags: ['v1'] },
    requestParams: { path: z.object({ id }), query, header: z.object({ 'If-None-Match': ifNoneMatch }) },
    summary: 'One, with its version as ETag',
    description: lookingBack,
    responses: {
      200: answer('As it is now, or was then', shown, ['ETag']),
      304: { description: 'It still has the ETag that was named', ...withHeaders(['ETag']) },
      ...problems(400, 404),
    },
  }
}

function changes(entity: EntityKind, shown: z.ZodType, input: z.ZodType): ZodOpenApiPathItemObject {
  const name = nameOf(entity)
  const { id, 'If-Match': ifMatch } = parameters
  const requestParams = { path: z.object({ id }), header: z.object({ 'If-Match': ifMatch }) }
  const shared = { tags: ['v1'], requestParams }
  const refusals = problems(400, 404, 409, 412, 413, 415)
  return {
    put: {
      ...{ operationId: `replace${name}`, summary: 'Gives it other values', ...shared },
      requestBody: { required: true, content: json(input) },
      responses: { 200: answer('As it is now', shown, ['ETag']), 202: storedOnly(), ...refusals },
    },
    patch: {
      ...{ operationId: `change${name}`, summary: 'Gives it some other values', ...shared },
      description:
        'A merge patch (RFC 7396) onto what PUT takes: what it does not name stays, also what others change at the same time.',
      requestBody: {
        required: true,
        content: { 'application/merge-patch+json': { schema: patchOf(entity).meta({ id: `${name}Patch` }) } },
      },
      responses: { 200: answer('As it is now', shown, ['ETag']), 202: storedOnly(), ...refusals },
    },
    delete: {
      ...{ operationId: `delete${name}`, summary: 'Deletes it', ...shared },
      responses: { 204: { description: 'It is gone' }, 202: storedOnly(), ...refusals },
    },
  }
}
