// Every example of /openapi.json, as a reader of the document would send it.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

type Media = { example?: unknown }
type Described = { content?: Record<string, Media> }
type Operation = {
  operationId: string
  parameters?: { in: string; name: string; example?: unknown }[]
  requestBody?: Described
  responses: Record<string, Described>
}
type Sendable = { method: string; path: string; operation: Operation }
/** What is in the examples, and what it is called in this shop. */
type Names = Record<string, string>

const shop = await openShop()

/** What cannot be sent as it stands to a shop that others use, and where it is tried. */
const elsewhere: Readonly<Record<string, string>> = {
  opsParkedKey: 'nothing is parked: services/gateway/src/ops-routes.test.ts',
  opsReplay: 'nothing is parked: the same',
  opsSkip: 'nothing is parked: the same',
  opsDiscard: 'nothing is parked: the same',
  opsRebuild: 'one a minute: tools/console/test/console.test.ts',
  opsStop: 'others need crm: bad-input.test.ts',
}

test('every example of /openapi.json is answered as the document says', async () => {
  const operations = await documented()
  const wrong: string[] = []
  const surroundings = await surroundingsOf(operations, 5)
  for (const one of operations.filter(({ operation }) => !(operation.operationId in elsewhere))) {
    const names = one.method === 'GET' ? surroundings : await surroundingsOf(operations, needed(one))
    const { expected, example } = answerOf(one.operation)
    const { status, body } = await sendExample(one, names)
    const what = `${one.method} ${one.path}`
    if (String(status) !== expected) wrong.push(`${what}: ${status} ${JSON.stringify(body)}, not ${expected}`)
    else if (example !== undefined && !isAlike(example, body))
      wrong.push(`${what}: ${JSON.stringify(body)}, not like ${JSON.stringify(example)}`)
  }
  expect(operations.length).toBeGreaterThan(40)
  expect(wrong).toEqual([])
})

test('the example of a stream is answered by one, whose messages are like that of the document', async () => {
  const operations = await documented()
  await surroundingsOf(operations, creations.length)
  const one = operations.find(({ operation }) => operation.operationId === 'listEvents')
  const example = one?.operation.responses['200']?.content?.['text/event-stream']?.example
  const address = `${shop.gatewayUrl()}/v1/events?type=order_created&from=beginning`
  const enough = new AbortController()
  const response = await fetch(address, { headers: { accept: 'text/event-stream' }, signal: enough.signal })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream\b/)
  const [expected] = messagesIn(`${example}\n\n`)
  expect(expected).toMatchObject({ type: 'order_created' })
  expect(isAlike(expected, await firstMessage(response))).toBe(true)
  enough.abort()
})

/** Events in the text of a stream, as far as they are whole. */
function messagesIn(text: string): unknown[] {
  const found: unknown[] = []
  const onEvent = ({ data, event, id }: EventSourceMessage) => {
    if (event === undefined && id !== undefined) found.push(JSON.parse(data))
  }
  createParser({ onEvent }).feed(text)
  return found
}

async function firstMessage({ body }: Response): Promise<unknown> {
  let text = ''
  for await (const piece of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += piece
    const [first] = messagesIn(text)
    if (first !== undefined) return first
  }
  throw new Error('the stream has ended, expected an event')
}

async function documented(): Promise<Sendable[]> {
  const response = await fetch(`${shop.gatewayUrl()}/openapi.json`)
  const { paths: described } = (await response.json()) as { paths: Record<string, Record<string, Operation>> }
  const paths = Object.entries(described)
  return paths.flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
}

const creations = ['createCustomers', 'createProducts', 'createInventory', 'createOrders', 'createBillings']

/** How many of the creations an example stands on: one of an order wants that nobody has billed it. */
function needed({ path }: Sendable): number {
  if (/bill/.test(path)) return 4
  return /order/.test(path) ? 4 : 3
}

/** Creates what other examples name, by the examples of creating it. */
async function surroundingsOf(operations: readonly Sendable[], steps: number): Promise<Names> {
  const names: Names = {}
  for (const id of creations.slice(0, steps)) {
    const one = operations.find(({ operation }) => operation.operationId === id)
    if (!one) throw new Error(`/openapi.json has no ${id}`)
    const { status, body } = await sendExample(one, names, { prefer: 'wait=10' })
    if (status !== 201) throw new Error(`${id}: ${status} ${JSON.stringify(body)}, expected 201`)
    const example = answerOf(one.operation).example as Record<string, string>
    // The first field of each is its own id.
    const [own = ''] = Object.keys(example)
    names[example[own] as string] = (body as Record<string, string>)[own] as string
  }
  return { ...names, ...(steps === creations.length ? await eventOf(operations, names) : {}) }
}

/** What the first event of the order is called here. */
async function eventOf(operations: readonly Sendable[], names: Names): Promise<Names> {
  const one = operations.find(({ operation }) => operation.operationId === 'listOrderEvents')
  if (!one) throw new Error('/openapi.json has no listOrderEvents')
  const firstIn = (page: unknown) => (page as { items: { event_id: string }[] }).items.at(-1)?.event_id ?? ''
  const { body } = await sendExample(one, names)
  return { [firstIn(answerOf(one.operation).example)]: firstIn(body) }
}

async function sendExample({ method, path, operation }: Sendable, names: Names, headers = {}) {
  const { parameters = [], requestBody } = operation
  const value = (name: string) => String(parameters.find((one) => one.name === name)?.example)
  const query = new URLSearchParams(
    parameters.flatMap((one): [string, string][] =>
      one.in === 'query' && one.example !== undefined ? [[one.name, `${one.example}`]] : [],
    ),
  )
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name))
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const response = await fetch(`${shop.gatewayUrl()}${renamed(place, names)}?${query}`, {
    method,
    headers: { ...headers, ...(type ? { 'content-type': type } : {}) },
    ...(media ? { body: renamed(JSON.stringify(media.example), names) } : {}),
  })
  const said = response.headers.get('content-type')?.includes('json') ? await response.json() : undefined
  await response.body?.cancel().catch(() => {})
  return { status: response.status, body: said as unknown }
}

/** The answer when the operation is done, 202 of those alone that have no other. */
function answerOf({ responses }: Operation): { expected: string | undefined; example: unknown } {
  const good = Object.keys(responses).filter((status) => status.startsWith('2'))
  const expected = good.find((status) => status !== '202') ?? good[0]
  const [media] = Object.values(responses[expected ?? '']?.content ?? {})
  return { expected, example: media?.example }
}

function renamed(text: string, names: Names): string {
  return Object.entries(names).reduce((before, [example, ours]) => before.replaceAll(example, ours), text)
}

/** The fields of the example, each of its type; lists with something alike in them, whatever else there is. */
function isAlike(example: unknown, found: unknown): boolean {
  if (Array.isArray(example))
    return Array.isArray(found) && (example.length === 0 || found.some((one) => isAlike(example[0], one)))
  // What is null here, as the path of a next page, may be there in a fuller shop.
  if (example === null) return found !== undefined
  if (typeof example !== 'object') return typeof example === typeof found || found === null
  const fields = Object.entries(example)
  return fields.every(([name, value]) => isAlike(value, (found as Record<string, unknown> | null)?.[name]))
}
