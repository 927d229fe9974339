// Puts the examples into the document, each where OpenAPI has it.
import type { createDocument } from 'zod-openapi'
import type { Example } from './example.ts'

type Document = ReturnType<typeof createDocument>
type Content = Record<string, object>
type Operation = {
  operationId?: string
  parameters?: { name?: string }[]
  requestBody?: { content: Content }
  responses?: Record<string, { content?: Content }>
}

/** The document with the example of each operation in its parameters, its body and its answer when it is done. */
export function withExamples(document: Document, examples: ReadonlyMap<string, Example>): Document {
  const paths = mapValues(document.paths ?? {}, (operations) =>
    mapValues(operations as Record<string, Operation>, (operation) =>
      shown(operation, examples.get(operation.operationId ?? '') ?? {}),
    ),
  )
  return { ...document, paths }
}

function shown(operation: Operation, { parameters = {}, body, answer }: Example): Operation {
  const { parameters: taken, requestBody, responses = {} } = operation
  const done = whenDone(Object.keys(responses))
  return {
    ...operation,
    ...(taken && {
      parameters: taken.map((one) =>
        one.name !== undefined && one.name in parameters ? { ...one, example: parameters[one.name] } : one,
      ),
    }),
    ...(requestBody && body !== undefined && { requestBody: withExample(requestBody, body) }),
    ...(done !== undefined &&
      answer !== undefined && {
        responses: { ...responses, [done]: withExample(responses[done] ?? {}, answer) },
      }),
  }
}

/** The status of an operation that is done: 202 says that of those alone that have no other. */
export function whenDone(statuses: readonly string[]): string | undefined {
  const good = statuses.filter((status) => status.startsWith('2'))
  return good.find((status) => status !== '202') ?? good[0]
}

function withExample<T extends { content?: Content }>(described: T, example: unknown): T {
  const { content = {} } = described
  const shown = mapValues(content, (media, type) => ({
    ...media,
    example: type === 'text/event-stream' ? asStream(example) : example,
  }))
  return { ...described, content: shown }
}

/** The first of a page, as a stream tells it. */
function asStream(page: unknown): string {
  const [first] = (page as { readonly items: readonly unknown[] }).items
  return `id: AQ\ndata: ${JSON.stringify(first)}\n\n`
}

function mapValues<In, Out>(
  of: Record<string, In>,
  map: (value: In, name: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value, name)]))
}
