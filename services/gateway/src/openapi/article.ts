// What the article's routes take and answer, as OpenAPI.

import { type EntityKind, entityKinds, http, maxItems, orderStatus } from '@ordershop/contracts'
import { z } from 'zod'
import { article } from '../article/resources.ts'
import { answer, content, type Json, problems, ref, schemaOf, schemaRef } from './parts.ts'

const shown: Readonly<Record<EntityKind, z.ZodType>> = {
  customer: http.articleCustomer.extend({ id: z.uuid() }),
  product: http.articleProduct.extend({ id: z.uuid() }),
  inventory: http.articleInventory.extend({ id: z.uuid() }),
  order: http.articleOrder.extend({
    id: z.uuid(),
    status: orderStatus,
    reason: z.string().optional(),
    billing_id: z.uuid().optional(),
  }),
  billing: http.articleBilling.extend({
    id: z.uuid(),
    customer_id: z.uuid(),
    total: z.number().describe('Currency units'),
    done: z.string().describe('When it was recorded, ISO-8601 UTC'),
  }),
}

const name = (entity: EntityKind) => `Article${entity[0]?.toUpperCase()}${entity.slice(1)}`
const listOf = (entity: EntityKind): Json => ({ type: 'array', items: schemaRef(name(entity)) })

export const articleSchemas: Json = Object.fromEntries(
  entityKinds.flatMap((entity) => [
    [name(entity), schemaOf(shown[entity])],
    [`${name(entity)}Input`, schemaOf(article[entity].schema, 'input')],
  ]),
)

function operation(id: string, summary: string, responses: Json): Json {
  return { operationId: `article-${id}`, tags: ['article'], summary, responses }
}

const stored = (schema: Json): Json => ({
  200: answer('Stored, and seen by every reader', schema),
  202: answer('Stored, but readers cannot see it yet', schema),
})

function all(entity: EntityKind): Json {
  return operation(`list-${entity}`, 'All, in order of creation', {
    200: answer('All', listOf(entity)),
    ...problems(),
  })
}

function create(entity: EntityKind, path: string): Json {
  const one = schemaRef(`${name(entity)}Input`)
  const several = { type: 'array', minItems: 1, maxItems, items: one }
  const ids = { type: 'array', items: { type: 'string', format: 'uuid' } }
  return {
    ...operation(`create${path.replaceAll('/', '-')}`, 'Creates one or several, all or none', {
      ...stored(ids),
      ...problems(400, 409, 413),
    }),
    requestBody: { required: true, ...content({ anyOf: [one, several] }) },
  }
}

const id = { parameters: [ref('parameters', 'Id')] }

function find(entity: EntityKind): Json {
  const found = { anyOf: [schemaRef(name(entity)), { type: 'null' }] }
  return {
    ...operation(`get-${entity}`, 'One, or null', { 200: answer('As it is now', found), ...problems() }),
    ...id,
  }
}

function changes(entity: EntityKind): Json {
  const responses = { ...stored({ const: true }), ...problems(400, 404, 409, 413) }
  const body = { requestBody: { required: true, ...content(schemaRef(`${name(entity)}Input`)) } }
  return {
    put: { ...operation(`put-${entity}`, 'Gives it other values', responses), ...id, ...body },
    delete: { ...operation(`delete-${entity}`, 'Deletes it', responses), ...id },
  }
}

const report: Json = {
  type: 'object',
  properties: Object.fromEntries(
    entityKinds.map((entity) => [article[entity].list.slice(1), listOf(entity)]),
  ),
}

export const articlePaths: Json = {
  '/report': {
    get: operation('report', 'Everything', { 200: answer('The five lists', report), ...problems() }),
  },
  '/orders/unbilled': {
    get: operation('unbilledOrders', 'Orders that may still be billed', {
      200: answer('In order of creation', listOf('order')),
      ...problems(),
    }),
  },
  ...Object.fromEntries(entityKinds.flatMap(pathsOf)),
}

/** A kind whose list and single path are the same has one entry for both. */
function pathsOf(entity: EntityKind): [string, Json][] {
  const { list, one } = article[entity]
  return [
    [one, { post: create(entity, one) }],
    [list, { get: all(entity), post: create(entity, list) }],
    [`${one}/{id}`, { get: find(entity), ...(entity === 'billing' ? {} : changes(entity)) }],
  ]
}
