// What the article's routes take and answer, as OpenAPI.
import { type EntityKind, entityKinds, http, maxItems, orderStatus } from '@ordershop/contracts'
import { z } from 'zod'
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { article } from '../article/resources.ts'
import { answer, json, parameters, problems } from './shared.ts'

const nameOf = (entity: EntityKind) => `Article${entity[0]?.toUpperCase()}${entity.slice(1)}`
const forEach = <T>(make: (entity: EntityKind) => T) =>
  Object.fromEntries(entityKinds.map((entity) => [entity, make(entity)])) as Record<EntityKind, T>

const fields: Readonly<Record<EntityKind, z.ZodType>> = {
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
const shown = forEach((entity) => fields[entity].meta({ id: nameOf(entity) }))
const input = forEach((entity) => article[entity].schema.meta({ id: `${nameOf(entity)}Input` }))

function operation(
  id: string,
  summary: string,
  responses: ZodOpenApiResponsesObject,
): ZodOpenApiOperationObject {
  return { operationId: `article-${id}`, tags: ['article'], summary, responses }
}

const stored = (schema: z.ZodType): ZodOpenApiResponsesObject => ({
  200: answer('Stored, and seen by every reader', schema),
  202: answer('Stored, but readers cannot see it yet', schema),
})

function all(entity: EntityKind): ZodOpenApiOperationObject {
  return operation(`list-${entity}`, 'All, in order of creation', {
    200: answer('All', z.array(shown[entity])),
    ...problems(),
  })
}

function create(entity: EntityKind, path: string): ZodOpenApiOperationObject {
  const several = z.array(input[entity]).min(1).max(maxItems)
  return {
    ...operation(`create${path.replaceAll('/', '-')}`, 'Creates one or several, all or none', {
      ...stored(z.array(z.uuid())),
      ...problems(400, 409, 413, 415),
    }),
    requestBody: { required: true, content: json(z.union([input[entity], several])) },
  }
}

const withId = { requestParams: { path: z.object({ id: parameters.id }) } }

function find(entity: EntityKind): ZodOpenApiOperationObject {
  const found = answer('As it is now', shown[entity].nullable())
  return { ...operation(`get-${entity}`, 'One, or null', { 200: found, ...problems() }), ...withId }
}

function changes(entity: EntityKind): ZodOpenApiPathItemObject {
  const responses = { ...stored(z.literal(true)), ...problems(400, 404, 409, 413, 415) }
  const requestBody = { required: true, content: json(input[entity]) }
  return {
    put: { ...operation(`put-${entity}`, 'Gives it other values', responses), ...withId, requestBody },
    delete: { ...operation(`delete-${entity}`, 'Deletes it', responses), ...withId },
  }
}

const report = z.object(
  Object.fromEntries(entityKinds.map((entity) => [article[entity].list.slice(1), z.array(shown[entity])])),
)

export const articlePaths: ZodOpenApiPathsObject = {
  '/report': {
    get: operation('report', 'Everything', { 200: answer('The five lists', report), ...problems() }),
  },
  '/orders/unbilled': {
    get: operation('unbilledOrders', 'Orders that may still be billed', {
      200: answer('In order of creation', z.array(shown.order)),
      ...problems(),
    }),
  },
  ...Object.fromEntries(entityKinds.flatMap(pathsOf)),
}

/** A kind whose list and single path are the same has one entry for both. */
function pathsOf(entity: EntityKind): [string, ZodOpenApiPathItemObject][] {
  const { list, one } = article[entity]
  return [
    [one, { post: create(entity, one) }],
    [list, { get: all(entity), post: create(entity, list) }],
    [`${one}/{id}`, { get: find(entity), ...(entity === 'billing' ? {} : changes(entity)) }],
  ]
}
