import { describe, expect, test } from 'vitest'
import type { Recorded } from '../event.ts'
import { account, cents, type LedgerEvent, movement } from './ledger.ts'
import { appendLong, whileAppending } from './long-account.ts'
import type { TestedStore } from './tested-store.ts'

/** Reading what was appended. */
export function readContract(store: TestedStore): void {
  describe('reading', () => {
    test('finds nothing of an entity that never was', async () => {
      expect(await store().readEntity(account('nobody'))).toEqual([])
      expect(await store().load(account('nobody'))).toMatchObject({ version: 0, position: 0, events: [] })
    })

    test('gives the last event of each entity, or null, in the order asked', async () => {
      await store().append(movement('a', 1))
      await store().append(movement('a', 2))
      await store().append(movement('b', 3))
      const last = await store().lastEvents([account('b'), account('nobody'), account('a')])
      expect(last.map((event) => event && cents([event])[0])).toEqual([3, null, 2])
    })

    test('reads an entity of thousands of events whole', async () => {
      await appendLong(store())
      const read = await store().readEntity(account('long'))
      expect(read.map((event) => event.version)).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1))
    })

    test('loads a long entity as it was at one moment, while others append to it', async () => {
      const torn: string[] = []
      await whileAppending(store(), async () => {
        for (let i = 0; i < 40; i++) {
          const { version, token, events } = await store().load(account('long'))
          const last = events.at(-1)
          if (events.length !== version || token !== `${last?.version}@${last?.entry_id}`)
            torn.push(`${events.length} events, version ${version}, ${token}`)
        }
      })
      expect(torn).toEqual([])
    })

    test('reads a topic from after an entry', async () => {
      for (let i = 1; i <= 9; i++) await store().append(movement('a', i))
      const partition = store().partitionOf('a')
      const all: Recorded<LedgerEvent>[] = []
      for await (const event of store().readTopic('account', partition)) all.push(event)
      const rest: Recorded<LedgerEvent>[] = []
      for await (const event of store().readTopic('account', partition, {
        after: all[3]?.entry_id as string,
      }))
        rest.push(event)
      expect(cents(rest)).toEqual([5, 6, 7, 8, 9])
    })
  })
}
