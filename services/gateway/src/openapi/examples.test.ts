import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { document } from './document.ts'
import { operationExamples } from './examples.ts'
import { whenDone } from './with-examples.ts'

type Media = { schema: object; example?: unknown }
type Described = { content?: Record<string, Media> }
type Operation = {
  operationId: string
  parameters?: { in: string; example?: unknown; schema: object }[]
  requestBody?: Described
  responses: Record<string, Described>
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema({ $id: 'openapi', components: document.components })
const operations = Object.values(document.paths ?? {}).flatMap(
  (one) => Object.values(one as object) as Operation[],
)

/** What of an operation has an example, and should have. */
function exemplified({ parameters = [], requestBody, responses }: Operation): Media[] {
  const done = responses[whenDone(Object.keys(responses)) ?? '']
  const media = [requestBody, done].flatMap((described) => Object.values(described?.content ?? {}))
  return [...parameters.filter((one) => one.in === 'path'), ...media]
}

test('every operation has an example of what is sent and of what is answered, and both fit their schemas', () => {
  const wrong = operations.flatMap((operation) =>
    exemplified(operation).flatMap(({ schema, example }) => {
      if (example === undefined) return [`${operation.operationId}: no example`]
      const own = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'))
      return ajv.validate(own, example) ? [] : [`${operation.operationId}: ${ajv.errorsText()}`]
    }),
  )
  expect(wrong).toEqual([])
})

test('an example belongs to an operation that exists', () => {
  const ids = new Set(operations.map(({ operationId }) => operationId))
  // What cannot be changed has no operations for it.
  const unused = [...operationExamples.keys()].filter((id) => !ids.has(id))
  expect(unused.every((id) => /(replace|change|delete|put-|delete-)billing$/i.test(id))).toBe(true)
})
