// What /v1 takes and answers, as OpenAPI.

import { type EntityKind, entityKinds, maxItems } from '@ordershop/contracts'
import { maxBillings } from '../v1/create.ts'
import { resources } from '../v1/resources.ts'
import { nameOf } from './components.ts'
import { answer, content, type Json, problems, ref, schemaRef } from './parts.ts'

/** `Customers`, but `Inventory`. */
const listNameOf = (entity: EntityKind) => nameOf(resources[entity].path.slice('/v1/'.length) as EntityKind)

const parameters = (...names: string[]) => ({ parameters: names.map((name) => ref('parameters', name)) })

const accepted = (headers: readonly string[] = []) =>
  answer('Stored, but readers cannot see it yet', schemaRef('Accepted'), headers)

export const v1Paths: Json = Object.fromEntries(
  entityKinds.flatMap((entity) => [
    [resources[entity].path, { get: list(entity), post: create(entity) }],
    [`${resources[entity].path}/{id}`, { get: find(entity), ...changes(entity) }],
  ]),
)

function list(entity: EntityKind): Json {
  return {
    ...{ operationId: `list${listNameOf(entity)}`, tags: ['v1'], ...parameters('Limit', 'After') },
    summary: 'One page, in order of creation',
    responses: { 200: answer('A page', schemaRef(`${nameOf(entity)}Page`), ['Link']), ...problems(400) },
  }
}

function create(entity: EntityKind): Json {
  const name = nameOf(entity)
  const one = schemaRef(`${name}Input`)
  const maxOfArray = entity === 'billing' ? maxBillings : maxItems
  const several = { type: 'array', minItems: 1, maxItems: maxOfArray, items: {} }
  const wait = entity === 'order' ? ['Preference-Applied'] : []
  const headers = ['Location', 'Idempotency-Replayed', ...wait]
  return {
    ...{ operationId: `create${listNameOf(entity)}`, tags: ['v1'] },
    ...parameters('IdempotencyKey', ...(entity === 'order' ? ['Prefer'] : [])),
    summary: 'Creates one, or each of an array',
    description: `Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.`,
    requestBody: { required: true, ...content({ anyOf: [one, several] }) },
    responses: {
      201: answer('Created', schemaRef(name), ['ETag', ...headers]),
      202: accepted(headers),
      207: answer('What became of each item of an array', schemaRef('Reports'), ['Idempotency-Replayed']),
      ...problems(400, 409, 413, 422),
    },
  }
}

function find(entity: EntityKind): Json {
  const name = nameOf(entity)
  return {
    ...{ operationId: `get${name}`, tags: ['v1'], ...parameters('Id', 'IfNoneMatch') },
    summary: 'One, with its version as ETag',
    responses: {
      200: answer('As it is now', schemaRef(name), ['ETag']),
      304: { description: 'It still has the ETag that was named', headers: { ETag: ref('headers', 'ETag') } },
      ...problems(404),
    },
  }
}

function changes(entity: EntityKind): Json {
  if (entity === 'billing') return {}
  const name = nameOf(entity)
  const refusals = problems(400, 404, 409, 412, 413)
  const body = { requestBody: { required: true, ...content(schemaRef(`${name}Input`)) } }
  const shared = { tags: ['v1'], ...parameters('Id', 'IfMatch') }
  return {
    put: {
      ...{ operationId: `replace${name}`, summary: 'Gives it other values', ...shared, ...body },
      responses: { 200: answer('As it is now', schemaRef(name), ['ETag']), 202: accepted(), ...refusals },
    },
    delete: {
      ...{ operationId: `delete${name}`, summary: 'Deletes it', ...shared },
      responses: { 204: { description: 'It is gone' }, 202: accepted(), ...refusals },
    },
  }
}
