// The shapes, headers and parameters of /v1, as OpenAPI: the shapes are those that the routes themselves parse and show.

import { type EntityKind, entityKinds, http } from '@ordershop/contracts'
import { z } from 'zod'
import { maxWaitSeconds } from '../v1/headers.ts'
import { resources } from '../v1/resources.ts'
import { type Json, schemaOf, schemaRef } from './parts.ts'

/** `Customer` */
export const nameOf = (entity: EntityKind) => `${entity[0]?.toUpperCase()}${entity.slice(1)}`

const header = (description: string, schema: Json, required = true): Json => ({
  description,
  required,
  schema,
})
const text: Json = { type: 'string' }

export const v1Headers: Json = {
  ETag: header('Names the version of the entity in this history, e.g. `"3-1764237600000-0"`', {
    type: 'string',
    pattern: '^"[1-9][0-9]*-[0-9]+-[0-9]+"$',
  }),
  Location: header('Where the entity lies', { type: 'string', pattern: '^/v1/' }),
  Link: header('The next page, if there is one, as `rel="next"`', text, false),
  'Retry-After': header('Seconds', { type: 'string', pattern: '^[0-9]+$' }),
  'Idempotency-Replayed': header('`true`: this is the answer to the first request', { const: 'true' }, false),
  'Preference-Applied': header('`wait=N`, if it was asked for', text, false),
}

const parameter = (where: string, name: string, description: string, schema: Json): Json => {
  return { in: where, name, description, schema, ...(where === 'path' ? { required: true } : {}) }
}

const keyDescription =
  'Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. ' +
  'A request that failed as a whole may be sent again under its key.'
const waitDescription = `\`wait=N\`: the answer to one order is held back until it is confirmed or rejected, at most N and at most ${maxWaitSeconds} seconds.`

export const v1Parameters: Json = {
  Id: parameter('path', 'id', 'The id of the entity', { type: 'string' }),
  Limit: parameter('query', 'limit', 'Entities of a page', {
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: 100,
  }),
  After: parameter('query', 'after', 'The cursor of a `next` link', text),
  IfMatch: parameter('header', 'If-Match', 'Carry this out only if the entity still has this one ETag', text),
  IfNoneMatch: parameter('header', 'If-None-Match', 'Answer 304 if the entity still has this ETag', text),
  IdempotencyKey: parameter('header', 'Idempotency-Key', keyDescription, {
    type: 'string',
    minLength: 1,
    maxLength: 255,
  }),
  Prefer: parameter('header', 'Prefer', waitDescription, text),
}

export const v1Schemas: Json = {
  ...Object.fromEntries(entityKinds.flatMap(schemasOf)),
  Accepted: schemaOf(http.changed.extend({ id: z.string() })),
  Report: schemaOf(
    z.object({ status: z.union([z.literal(201), z.literal(202)]), id: z.uuid(), location: z.string() }),
  ),
  Refusal: {
    type: 'object',
    properties: { status: { type: 'integer', minimum: 400 }, problem: schemaRef('Problem') },
    required: ['status', 'problem'],
    additionalProperties: false,
  },
  Reports: {
    type: 'object',
    properties: { items: { type: 'array', items: { anyOf: [schemaRef('Report'), schemaRef('Refusal')] } } },
    required: ['items'],
    additionalProperties: false,
  },
}

function schemasOf(entity: EntityKind): [string, Json][] {
  const name = nameOf(entity)
  const page = {
    type: 'object',
    properties: {
      items: { type: 'array', items: schemaRef(name) },
      next: { type: ['string', 'null'], description: 'The path of the next page; `null` on the last' },
    },
    required: ['items', 'next'],
    additionalProperties: false,
  }
  const { entity: shown, body } = resources[entity]
  return [
    [name, schemaOf(shown)],
    [`${name}Input`, schemaOf(body, 'input')],
    [`${name}Page`, page],
  ]
}
