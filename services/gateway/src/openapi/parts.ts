// The pieces that an OpenAPI document is put together from.
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

/** JSON Schema of what a zod schema takes (`input`) or gives; 3.1 takes draft 2020-12 as it is. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

export const ref = (kind: 'schemas' | 'parameters' | 'responses' | 'headers', name: string): Json => ({
  $ref: `#/components/${kind}/${name}`,
})

export const schemaRef = (name: string) => ref('schemas', name)

export function content(schema: Json, type = 'application/json'): Json {
  return { content: { [type]: { schema } } }
}

/** An answer with a JSON body and headers that it always has. */
export function answer(description: string, schema: Json, headers: readonly string[] = []): Json {
  const named = headers.map((name) => [name, ref('headers', name)])
  return {
    description,
    ...(headers.length > 0 ? { headers: Object.fromEntries(named) } : {}),
    ...content(schema),
  }
}

const alwaysPossible = [500, 503]

/** Refusals of an operation, each as `application/problem+json`; 500 and 503 are always among them. */
export function problems(...statuses: readonly number[]): Json {
  const all = [...statuses, ...alwaysPossible]
  return Object.fromEntries(all.map((status) => [status, ref('responses', `Problem${status}`)]))
}

const reasons: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood, or names what does not exist; `errors` names each field',
  404: 'There is no such entity',
  409: 'The entity is in a state that does not allow this, or the same request is under way',
  412: 'The entity is at another version than `If-Match` names, or at the same one of another history; nothing was written',
  413: 'The body is longer than 1 MiB',
  422: 'The `Idempotency-Key` belongs to another request',
  500: 'Nobody foresaw this',
  503: 'The shop cannot answer now; a write may or may not be stored, and may be sent again',
}

/** Every refusal that `problems` refers to. */
export const problemResponses: Json = Object.fromEntries(
  Object.entries(reasons).map(([status, reason]) => {
    const headers = status === '503' ? { headers: { 'Retry-After': ref('headers', 'Retry-After') } } : {}
    const description = `${STATUS_CODES[status]}. ${reason}`
    return [
      `Problem${status}`,
      { description, ...headers, ...content(schemaRef('Problem'), 'application/problem+json') },
    ]
  }),
)

export const problemSchema = schemaOf(
  z.object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
)
