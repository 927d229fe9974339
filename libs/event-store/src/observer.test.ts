import { eventually } from '@ordershop/core/testing'
import { expect, it } from 'vitest'
import { memoryEventStore, type Observer } from './index.ts'
import { ledger, ledgerRows, movement } from './testing/ledger.ts'

const quick = { leaseMs: 600, beatMs: 20 }
const observed = (observer: Observer) => memoryEventStore({ catalog: ledger, partitions: 2, observer })

it('what a projection has folded is counted, together what was read together', async () => {
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
