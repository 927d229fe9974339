// Which gateway holds the lease on a key, with fake timers.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memory } from '../../test/fake-shop.ts'
import { once } from './idempotency.ts'

let shared: ReturnType<typeof memory>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  shared = memory()
})
afterEach(() => void vi.useRealTimers())

const keyed = (id: string) => ({ key: 'k', asked: 'a lamp', ids: [id] })
const created = (ids: readonly string[]) => ({ answer: { status: 201, headers: {}, body: ids }, final: true })

/** A request in hand, and how it ends. */
async function begun(through = shared) {
  const end = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const answer = once(through, keyed('first'), async (ids) => {
    arrived.resolve()
    await end.promise
    return created(ids)
  })
  await arrived.promise
  return { end, answer }
}
const repeat = () => once(shared, keyed('second'), async (ids) => created(ids))
const underWay = { status: 409, headers: { 'retry-after': '1' } }

test('a request whose gateway died is carried out by a repeat two seconds later, under the ids of the first', async () => {
  // Of a dead gateway no renewal arrives.
  await begun({ ...shared, set: () => new Promise(() => {}) })
  await vi.advanceTimersByTimeAsync(1_999)
  expect(await repeat()).toMatchObject(underWay)
  await vi.advanceTimersByTimeAsync(1)
  expect(await repeat()).toMatchObject({ status: 201, body: ['first'] })
})

test('a repeat is refused while the first is under way, and then gets the same answer', async () => {
  const { end, answer } = await begun()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await repeat()).toMatchObject(underWay)
  end.resolve()
  expect(await answer).toMatchObject({ status: 201, body: ['first'] })
  expect(await repeat()).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } })
})

test.each(['done', 'failed'])('a request that is %s no longer renews its lease', async (how) => {
  const { end, answer } = await begun()
  if (how === 'done') end.resolve()
  else end.reject(new Error('the order service is down'))
  await answer.catch(() => {})
  const left = [...shared.values]
  await vi.advanceTimersByTimeAsync(10_000)
  expect(vi.getTimerCount()).toBe(0)
  expect([...shared.values]).toEqual(left)
  expect(left.map(([name]) => name)).toEqual([expect.not.stringContaining('busy')])
})

test('a request whose lease cannot be renewed still completes', async () => {
  const fails = async (name: string, value: string, keepMs: number) => {
    if (name.endsWith(':busy')) throw new Error('Redis is not reached')
    await shared.set(name, value, keepMs)
  }
  const { end, answer } = await begun({ ...shared, set: fails })
  await vi.advanceTimersByTimeAsync(60_000)
  end.resolve()
  expect(await answer).toMatchObject({ status: 201, body: ['first'] })
})
