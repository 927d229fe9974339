import { describe, expect, test } from 'vitest'
import type { Folding } from '../deciding/participant.ts'
import { stateAt } from '../deciding/state-at.ts'
import { account, type LedgerEvent, movement } from './ledger.ts'
import { appendLong } from './long-account.ts'
import type { TestedStore } from './tested-store.ts'

/** Looking back. */
export function pastContract(store: TestedStore): void {
  describe('looking back', () => {
    const seen: Folding<number[], LedgerEvent> = {
      revision: 'seen/1',
      initialState: () => [],
      evolve: (state, event) => [...state, event.type === 'moved' ? event.data.cents : -1],
    }
    const at = (id: string, position: number) => stateAt(store(), seen, account(id), { position })

    test('gives an entity as it was at each position, and at each time', async () => {
      const partition = store().partitionOf('a')
      const other = Array.from({ length: 100 }, (_, n) => `n-${n}`).find(
        (id) => store().partitionOf(id) === partition,
      ) as string
      for (let n = 1; n <= 4; n++) {
        await store().append(movement('a', n))
        await store().append(movement(other, n))
      }
      const events = await store().readEntity(account('a'))
      for (let position = 0; position <= 9; position++) {
        const last = events.findLast((event) => event.position <= position)
        expect(await at('a', position)).toEqual({
          state: [1, 2, 3, 4].slice(0, last?.version ?? 0),
          version: last?.version ?? 0,
          token: last ? `${last.version}@${last.entry_id}` : '0@',
          entryId: last?.entry_id ?? '',
          recordedAt: last?.recorded_at ?? '',
        })
      }
      for (const { recorded_at } of events) {
        const time = Date.parse(recorded_at)
        const before = events.filter((event) => Date.parse(event.recorded_at) <= time).length
        expect(await stateAt(store(), seen, account('a'), { time })).toMatchObject({ version: before })
        const earlier = events.filter((event) => Date.parse(event.recorded_at) < time).length
        expect(await stateAt(store(), seen, account('a'), { time: time - 1 })).toMatchObject({
          version: earlier,
        })
      }
      expect(await at('nobody', 9)).toMatchObject({ version: 0, state: [] })
    })

    test('gives a long entity as it was, before, at and behind a snapshot', async () => {
      await appendLong(store())
      const events = await store().readEntity(account('long'))
      const cents = events.map(({ data }) => (data as { cents: number }).cents)
      const positionOf = (version: number) => events[version - 1]?.position as number
      const { position, entry_id: entryId } = events[1_199] as (typeof events)[number]
      // Not what its events say, so that it shows where it was used.
      const snapshot = { version: 1_200, position, entryId, revision: seen.revision, state: [0] }
      await store().saveSnapshot(account('long'), snapshot)
      for (const version of [1, 50, 1_199])
        expect((await at('long', positionOf(version))).state).toEqual(cents.slice(0, version))
      for (const version of [1_200, 1_201, 2_500]) {
        const found = await at('long', positionOf(version))
        expect(found.version).toBe(version)
        expect(found.state).toEqual([0, ...cents.slice(1_200, version)])
      }
    })
  })
}
