import { newId } from '@ordershop/core/id'
import { describe, expect, test } from 'vitest'
import type { Recorded } from '../event.ts'
import type { Readable } from '../log/readable.ts'
import type { Effects } from '../watching/causes.ts'
import { account, type LedgerEvent, movement } from './ledger.ts'
import { appendLong } from './long-account.ts'
import type { TestedStore } from './tested-store.ts'

type Item = Readable<LedgerEvent>

const versions = (items: readonly Item[]) =>
  items.map((item) => (item.kind === 'event' ? item.event.version : 0))
const idOf = (item: Item) => (item.kind === 'event' ? item.event.event_id : '')

/** Looking back: an entity's history, one event, what it came from and led to. */
export function historyContract(store: TestedStore): void {
  describe('looking back', () => {
    /** Appends one event and gives it back. */
    async function recorded(...args: Parameters<typeof movement>): Promise<Recorded<LedgerEvent>> {
      const append = movement(...args)
      await store().append(append)
      const [event] = await store().lastEvents([append])
      return event as Recorded<LedgerEvent>
    }

    test('pages the history of an entity, newest first, by what the page before says', async () => {
      await appendLong(store())
      const seen: number[] = []
      let page = await store().readBack(account('long'), { limit: 700 })
      for (;;) {
        seen.push(...versions(page.items))
        if (page.next === null) break
        page = await store().readBack(account('long'), { limit: 700, before: page.next })
      }
      expect(seen).toEqual(Array.from({ length: 2_500 }, (_, i) => 2_500 - i))
    })

    test('begins a page before a version', async () => {
      await appendLong(store())
      const page = await store().readBack(account('long'), { limit: 3, before: 1_001 })
      expect(versions(page.items)).toEqual([1_000, 999, 998])
      const first = await store().readBack(account('long'), { limit: 3, before: 3 })
      expect([versions(first.items), first.next]).toEqual([[2, 1], null])
      expect(await store().readBack(account('nobody'))).toEqual({ items: [], next: null })
    })

    test('refuses to page from an event of another entity', async () => {
      await recorded('b', 1)
      const other = await recorded('b', 2)
      await recorded('a', 1)
      const before = `${other.version}@${other.entry_id}`
      await expect(store().readBack(account('a'), { before })).rejects.toThrow(
        /before is '.*', expected an event/,
      )
    })

    test('finds an event by its id', async () => {
      for (let i = 0; i < 20; i++) await store().append(movement(`e${i}`, i))
      const event = await recorded('a', 7)
      expect(await store().findEvent(event.event_id)).toEqual({ kind: 'event', event })
    })

    test('says of an id that no event has it, or that it is none', async () => {
      await expect(store().findEvent(newId())).rejects.toMatchObject({ code: 'not_found' })
      await expect(store().findEvent('7')).rejects.toThrow("id is '7', expected a UUID of version 7")
    })

    test('tells what an event came from, and the tree of what it led to', async () => {
      const correlationId = newId()
      const caused = (entityId: string, by: Recorded) =>
        recorded(entityId, 1, { correlationId, causationId: by.event_id })
      const root = await recorded('a', 1, { correlationId, causationId: correlationId })
      const child = await caused('b', root)
      const grandchildren = [await caused('c', child), await caused('d', child)]
      await recorded('e', 1)
      const { ancestors, tree, complete } = await store().causes(child.event_id)
      const shape = ({ event, effects }: Effects<LedgerEvent>): unknown => [idOf(event), effects.map(shape)]
      expect(ancestors.map(idOf)).toEqual([root.event_id])
      expect(shape(tree)).toEqual([child.event_id, grandchildren.map(({ event_id }) => [event_id, []])])
      expect(complete).toBe(true)
    })

    test('says when it has not looked at everything', async () => {
      const event = await recorded('a', 1)
      for (let i = 0; i < 50; i++) await store().append(movement('a', i))
      const { complete, searched } = await store().causes(event.event_id, { searchAtMost: 20 })
      expect({ complete, searched }).toEqual({ complete: false, searched: 20 })
    })
  })
}
