// The client's events across what breaks a connection: each once, those of a partition in order, and none lost.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { eventsSince, type Mark, mark } from '@ordershop/check/log'
import { type ShopClient, type ShopEvent, type StreamState, shopClient } from '@ordershop/client'
import { eventually } from '@ordershop/core/testing'
import { afterAll, expect, test } from 'vitest'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const patience = { maxWaitMs: 200, attempts: 100 }

test('events are each given once and in order while the gateway is killed and started again', async () => {
  const writer = shopClient({ url: shop.gatewayUrl(), patience })
  const start = await mark(store)
  const reader = reading(shop.gatewayUrl(), start)
  await eventually(() => expect(reader.states).toContain('live'))
  await createCustomers(writer, 20)
  await eventually(() => expect(reader.events.length).toBeGreaterThan(0))

  const gateway = await shop.pidOf('gateway')
  process.kill(gateway, 'SIGKILL')
  // Sent while nobody listens: repeated under its key, until there is a gateway again.
  const meanwhile = createCustomers(writer, 20)
  await eventually(() => expect(reader.states).toContain('away'))
  await eventually(async () => expect(await shop.pidOf('gateway')).not.toBe(gateway), { withinMs: 30_000 })
  await meanwhile
  await expectAll(reader, start, 40)
  expect(reader.states.filter((is) => is === 'live').length).toBeGreaterThan(1)
})

test('events are each given once and in order through a proxy that cuts every connection in the middle of a message', async () => {
  const writer = shopClient({ url: shop.gatewayUrl(), patience })
  const start = await mark(store)
  const proxy = await cuttingProxy(shop.gatewayUrl(), 8_000)
  const reader = reading(proxy.url, start)
  for (let batch = 0; batch < 4; batch++) await createCustomers(writer, 25)
  await expectAll(reader, start, 100)
  expect(proxy.cuts()).toBeGreaterThan(3)
})

/** Reads on in the background, until the test file ends. */
function reading(url: string, since: Mark) {
  const enough = new AbortController()
  const events: ShopEvent[] = []
  const states: StreamState['is'][] = []
  const onState = ({ is }: StreamState) => states.push(is)
  const wanted = { topics: ['customer'], signal: enough.signal, onState }
  const read = async () => {
    for await (const { event } of shopClient({ url, patience }).events(wanted))
      if (event.position > (since.get(placeOf(event)) ?? 0)) events.push(event)
  }
  const ended = read()
  afterAll(async () => {
    enough.abort()
    await ended
  })
  return { events, states }
}

const placeOf = ({ topic, partition }: Pick<ShopEvent, 'topic' | 'partition'>) => `${topic}:${partition}`

async function createCustomers(writer: ShopClient, count: number): Promise<void> {
  const named = Array.from({ length: count }, (_, n) => ({
    name: `Ada ${n}`,
    email: `ada${n}@resume.example`,
  }))
  for (const body of named) await writer.POST('/v1/customers', { body })
}

/** What was read is, partition by partition, what the log has: `count` events, since each POST was carried out once. */
async function expectAll({ events }: { events: ShopEvent[] }, start: Mark, count: number): Promise<void> {
  const recorded = await eventsSince(store, start, ['customer'])
  expect(recorded).toHaveLength(count)
  const byPartition = (all: readonly ShopEvent[]) =>
    Map.groupBy(
      all.map(({ event_id, topic, partition }) => ({ event_id, place: placeOf({ topic, partition }) })),
      ({ place }) => place,
    )
  await eventually(() => expect(byPartition(events)).toEqual(byPartition(recorded)), { withinMs: 60_000 })
}

/** A way to the gateway that is cut each time that so many bytes have come back over it. */
async function cuttingProxy(url: string, bytes: number): Promise<{ url: string; cuts(): number }> {
  const { hostname, port } = new URL(url)
  let cuts = 0
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname)
    let left = bytes
    near.pipe(far)
    far.on('data', (chunk: Buffer) => {
      near.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left > 0) return
      cuts++
      near.end(() => near.resetAndDestroy())
      far.destroy()
    })
    for (const [one, other] of [[near, far] as const, [far, near] as const])
      one.on('error', () => other.destroy()).on('close', () => other.end())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => void proxy.close())
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, cuts: () => cuts }
}
