import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { memoryEventStore, type Observer } from './index.ts'
import { ledger, ledgerRows, movement } from './testing/ledger.ts'

const quick = { leaseMs: 600, beatMs: 20 }
const observed = (observer: Observer) => memoryEventStore({ catalog: ledger, partitions: 2, observer })

test('what a projection has folded is counted, together what was read together', async () => {
  const heard: { result: string; events: number }[] = []
  const store = observed({ handled: ({ result, events }) => void heard.push({ result, events }) })
  for (let i = 0; i < 50; i++) await store.append(movement(`a-${i}`, i))
  store.project({ ...quick, name: 'ledger', topics: ['account'], project: ledgerRows })
  const folded = () => heard.reduce((sum, { events }) => sum + events, 0)
  await eventually(() => expect(folded()).toBe(50))
  expect(heard.every(({ result }) => result === 'ok')).toBe(true)
  expect(heard.length).toBeLessThan(50)
  await store.close()
})

const trace = (n: number) => `00-${String(n).repeat(32)}-${String(n).repeat(16)}-01`

test('events are recorded under the trace context of their append, but for those that have another cause', async () => {
  const asked: (string | undefined)[] = []
  const store = observed({
    appending(fact, work) {
      asked.push(fact.traceparent)
      return work(trace(2))
    },
  })
  const cause = (traceparent: string) => ({ cause: { correlationId: 'c', traceparent } })
  const moved = { type: 'moved', data: { cents: 1 } } as const
  const events = [moved, { ...moved, ...cause(trace(1)) }, { ...moved, ...cause(trace(3)) }]
  await store.append(movement('a', 0, { traceparent: trace(1), events }))
  const recorded = await store.readEntity({ topic: 'account', entityId: 'a' })
  expect(recorded.map(({ traceparent }) => traceparent)).toEqual([trace(2), trace(2), trace(3)])
  expect(asked).toEqual([trace(1)])
  await store.close()
})

test('an invalid append is refused as usual, and the observer is not called', async () => {
  const asked: unknown[] = []
  const store = observed({
    appending(fact, work) {
      asked.push(fact)
      return work()
    },
  })
  for (const wrong of [{ entityId: 7 as never }, { events: [] }, { expected: -1 }])
    await expect(store.append(movement('a', 0, wrong))).rejects.toMatchObject({ code: 'invalid' })
  expect(asked).toEqual([])
  await store.close()
})

test('what a handler appends continues the trace context that the observer gives its call, or else that of the event', async () => {
  const store = observed({
    handling: ({ events: [first] }, work) =>
      first?.key === 'traced' ? work(({ traceparent }) => traceparent?.replace('01', '00')) : work(),
  })
  const caused = new Map<string, string | undefined>()
  store.subscribe({
    ...quick,
    group: 'watchers',
    topics: ['account'],
    on: { moved: (event, context) => void caused.set(event.key, context.caused(event).traceparent) },
  })
  for (const id of ['traced', 'plain']) await store.append(movement(id, 1, { traceparent: trace(1) }))
  await eventually(() => caused.size === 2)
  expect(caused.get('traced')).toBe(trace(1).replace('01', '00'))
  expect(caused.get('plain')).toBe(trace(1))
  await store.close()
})

test('a projection calls no handler, so that a rebuild repeats no effects', async () => {
  let calls = 0
  const store = observed({
    handling(_fact, work) {
      calls++
      return work()
    },
  })
  store.project({ ...quick, name: 'ledger', topics: ['account'], project: ledgerRows })
  store.subscribe({ ...quick, group: 'watchers', topics: ['account'], on: { moved() {} } })
  const moved = await store.append(movement('a', 1))
  expect(await store.cache('ledger').waitFor([moved], 5_000)).toBe(true)
  await eventually(() => calls > 0)
  expect(calls).toBe(1)
  await store.close()
})

test('the error of what is logged survives JSON.stringify, cause included', async () => {
  const lines: string[] = []
  const store = observed({
    log: (_level, message, fields) => void lines.push(JSON.stringify({ message, ...fields })),
  })
  const moved = () => {
    throw new AppError('conflict', 'over the limit', { cause: new TypeError('no limit') })
  }
  store.subscribe({ ...quick, attempts: 1, group: 'watchers', topics: ['account'], on: { moved } })
  await store.append(movement('a', 1))
  await eventually(() => lines.length === 1)
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    message: 'parked: a handler kept failing',
    error: {
      ...{ type: 'AppError', code: 'conflict', message: 'over the limit', stack: expect.any(String) },
      cause: { type: 'TypeError', message: 'no limit' },
    },
  })
  await store.close()
})
