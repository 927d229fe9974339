import { methodNotAllowed } from '@ordershop/service'
import { Router } from 'express'
import { createDocument } from 'zod-openapi'
import { asyncapi } from '../docs/asyncapi.ts'
import { articlePaths } from './article.ts'
import { operationExamples } from './examples.ts'
import { logPaths } from './log.ts'
import { opsPathsShown } from './ops.ts'
import { answer, problems } from './shared.ts'
import { v1Paths } from './v1.ts'
import { withExamples } from './with-examples.ts'

const description = `Two sets of routes over the same shop: the article's, and /v1.

A 2xx answer to a write means: it is stored at the promised durability, and every reader sees it; 202: it is stored, and
not every reader sees it yet. Every refusal is \`application/problem+json\` (RFC 9457) and has written nothing, but 503: then a
write may be stored, and sending it again under the same Idempotency-Key settles it.

A PUT, PATCH or DELETE with \`If-Match\` is decided against the version in the log itself, in one step with the write. A PUT of
the values that an entity has already, and a DELETE of a customer, product or order that is gone already, is answered as
done whatever \`If-Match\` says: so a repeat is harmless. Deleting an inventory record that is gone answers 404.
A PATCH without \`If-Match\` is merged with the entity as it is when it is written, and an empty one writes nothing.

Where callers must say who they are, they do so by \`Authorization: Bearer\`, with a token or with an API key. Reading needs
the role \`read\`, operating, which is every POST below /v1/ops, \`ops\`, everything else \`write\`; each implies those before it. What documents the shop, as this does, is open to anybody. An \`Idempotency-Key\` is its caller's own.`

/** One header for both, and the one that RFC 6750 has for it. */
const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A JSON Web Token of the issuer that the shop trusts',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'osk_…',
    description: 'An API key, in the same header as a token',
  },
} as const

// Neither who asks nor how often is looked at.
const openProblems = Object.fromEntries(
  Object.entries(problems()).filter(([status]) => !['401', '403', '429'].includes(status)),
)

const described = createDocument({
  openapi: '3.1.1',
  info: { title: 'OrderShop', version: '1.0.0', description, license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/' }],
  tags: [
    { name: 'v1', description: 'The modern routes' },
    { name: 'ops', description: 'What operators look at and do' },
    { name: 'article', description: 'The routes of the article' },
  ],
  security: [{}, { token: [] }, { apiKey: [] }],
  components: { securitySchemes },
  paths: {
    ...v1Paths,
    ...logPaths,
    ...articlePaths,
    ...opsPathsShown,
    '/openapi.json': {
      get: {
        ...{ operationId: 'openapi', tags: ['v1'], summary: 'This document', security: [] },
        responses: { 200: answer('This document', { type: 'object' }), ...openProblems },
      },
    },
    '/asyncapi.json': {
      get: {
        ...{ operationId: 'asyncapi', tags: ['v1'], summary: 'The events, as AsyncAPI 3', security: [] },
        responses: { 200: answer('The events', { type: 'object' }), ...openProblems },
      },
    },
  },
})

/** Everything that the gateway offers, as OpenAPI 3.1. */
export const document = withExamples(described, operationExamples)

export type AuthMode = 'none' | 'optional' | 'required'

/** The document with what a gateway of this mode asks of callers. */
export function documentFor(mode: AuthMode) {
  const [anybody, ...known] = document.security ?? []
  if (mode === 'none') return { ...document, security: [] }
  return mode === 'required'
    ? { ...document, security: known }
    : { ...document, security: [anybody, ...known] }
}

export function openapiRoutes(mode: AuthMode): Router {
  const served = documentFor(mode)
  const router = Router()
  router
    .route('/openapi.json')
    .get((_request, response) => {
      response.json(served)
    })
    .all(methodNotAllowed)
  router
    .route('/asyncapi.json')
    .get((_request, response) => {
      response.json(asyncapi)
    })
    .all(methodNotAllowed)
  return router
}
