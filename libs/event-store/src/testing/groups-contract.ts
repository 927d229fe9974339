import { randomUUID } from 'node:crypto'
import { eventually } from '@ordershop/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../log/log.ts'
import type { QueryRows } from '../project/entity-cache.ts'
import type { RowWrite } from '../project/projection.ts'
import { type Advance, beginning, type Cursor, type Groups } from '../subscribe/groups.ts'

/** The inner parts of a store, fresh and empty. */
export type MakeParts = () => Promise<{ groups: Groups; log: Log; queryRows: QueryRows }>

const at = { topic: 'account', partition: 1 }
const group = 'g'

/** What the fenced writes of consumer groups must do; every implementation of `Groups` passes it. */
export function groupsContract(name: string, make: MakeParts): void {
  describe(name, () => {
    let parts: Awaited<ReturnType<MakeParts>>
    let cursors: Cursor[]

    async function append(entityId: string): Promise<void> {
      const meta = '{"c":"c"}'
      const events = [randomUUID(), 'moved', meta, '{}']
      await parts.log.append(at, { commandId: randomUUID(), entityId, expected: 'any', events, bytes: 2 })
    }
    const claim = (member: string, token: string, leaseMs = 60_000, remembered = beginning) =>
      parts.groups.claim(at, group, { token, member, leaseMs, remembered })
    const advance = (token: string, from: number, to: number, more: Partial<Advance> = {}) => {
      const [start, end] = [cursors[from] as Cursor, cursors[to] as Cursor]
      return parts.groups.advance(at, group, {
        token,
        leaseMs: 60_000,
        from: start,
        to: end,
        parks: [],
        rows: [],
        ...more,
      })
    }
    const position = async (token = 'reader') => (await claim('A', token))?.cursor.position

    beforeEach(async () => {
      parts = await make()
      for (let i = 0; i < 10; i++) await append('e')
      const entries = await parts.log.page(at, '', 100)
      cursors = [
        beginning,
        ...entries.map(([entryId, f]) => ({ entryId, position: Number(f[1]), eventId: f[3] as string })),
      ]
    })

    it('gives a lease to one member at a time, and to another once it has run out', async () => {
      expect(await claim('A', 'a', 80)).toMatchObject({ cursor: beginning, parkedKeys: [], remembers: true })
      expect(await claim('B', 'b')).toBeNull()
      await eventually(async () => expect(await claim('B', 'b')).not.toBeNull())
      expect(await claim('A', 'a2')).toBeNull()
    })

    it('lets a member take over from itself, and refuses its former self', async () => {
      await claim('A', 'old')
      expect(await claim('A', 'new')).not.toBeNull()
      expect(await advance('old', 0, 1)).toBe('FENCED')
      expect(await advance('new', 0, 1)).toBe('OK')
    })

    it('gives a released partition away at once, and lets a late release change nothing', async () => {
      await claim('A', 'a')
      await parts.groups.release(at, group, 'a')
      expect(await claim('B', 'b')).not.toBeNull()
      await parts.groups.release(at, group, 'a')
      expect(await claim('A', 'a2')).toBeNull()
    })

    it('refuses what a member without the lease would store, rows included', async () => {
      await claim('A', 'a')
      const rows: RowWrite[] = [['RPUSH', 'list', 'late']]
      expect(await advance('nobody', 0, 3, { rows })).toBe('FENCED')
      expect(await position()).toBe(0)
      expect(
        await parts.queryRows(group, [{ ...at, command: 'LRANGE', row: 'list', args: [0, -1] }]),
      ).toEqual([[]])
    })

    it('refuses an advance from where the cursor is not, and takes one that was done before as done, once', async () => {
      await claim('A', 'a')
      const rows: RowWrite[] = [['RPUSH', 'list', 'once']]
      expect(await advance('a', 0, 3, { rows })).toBe('OK')
      expect(await advance('a', 0, 3, { rows })).toBe('OK')
      expect(
        await parts.queryRows(group, [{ ...at, command: 'LRANGE', row: 'list', args: [0, -1] }]),
      ).toEqual([['once']])
      expect(await advance('a', 2, 5, { rows })).toBe('STALE')
      expect(await advance('a', 5, 6, { rows })).toBe('STALE')
      expect(await position()).toBe(3)
    })

    it('refuses all rows when one does not fit the row that is there, or that another of them makes', async () => {
      await claim('A', 'a')
      const written: RowWrite[] = [['RPUSH', 'list', 'first']]
      const misfit: RowWrite[] = [...written, ['SADD', 'list', 'x']]
      expect(await advance('a', 0, 3, { rows: misfit })).toEqual({ index: 1, holds: 'list' })
      expect(await advance('a', 0, 3, { rows: written })).toBe('OK')
      expect(await advance('a', 3, 5, { rows: [['SADD', 'set', 'x'], ...misfit.slice(1)] })).toEqual({
        index: 1,
        holds: 'list',
      })
      const renewed: RowWrite[] = [['DEL', 'list'], ...misfit.slice(1)]
      expect(await advance('a', 3, 5, { rows: renewed })).toBe('OK')
      const asked = [
        { ...at, command: 'SMEMBERS', row: 'list' } as const,
        { ...at, command: 'SMEMBERS', row: 'set' } as const,
      ]
      expect(await parts.queryRows(group, asked)).toEqual([['x'], []])
    })

    it('refuses an advance to an event that the log does not have', async () => {
      await claim('A', 'a')
      const real = cursors[4] as Cursor
      cursors[4] = { ...real, eventId: 'of another history' }
      expect(await advance('a', 0, 4)).toBe('FORK')
      cursors[4] = { ...real, entryId: '99999999999999-0' }
      expect(await advance('a', 0, 4)).toBe('FORK')
      expect(await position()).toBe(0)
    })

    it('says at a claim whether what the member remembers is still in the log', async () => {
      expect((await claim('A', '1', 9_000, cursors[7]))?.remembers).toBe(true)
      expect((await claim('A', '2', 9_000, { ...(cursors[7] as Cursor), eventId: 'other' }))?.remembers).toBe(
        false,
      )
      expect((await claim('A', '3', 9_000, { ...(cursors[7] as Cursor), entryId: '1-1' }))?.remembers).toBe(
        false,
      )
    })

    it('parks events with the cursor, and takes them off one by one, each once', async () => {
      await claim('A', 'a')
      const parks = [2, 4, 5].map((k) => ({
        key: 'e',
        entryId: (cursors[k] as Cursor).entryId,
        reason: 'why',
      }))
      await advance('a', 0, 5, { parks })
      expect((await claim('A', 'b'))?.parkedKeys).toEqual(['e'])
      const [first = '', second = '', third = ''] = parks.map(({ entryId }) => entryId)
      expect(await parts.groups.parkedRange(at, group, 'e')).toMatchObject({ first, last: third })
      const unpark = (from: string, next: string, token = 'b') =>
        advance(token, 5, 5, { unpark: { key: 'e', first: from, next } })
      expect(await unpark(first, second, 'a')).toBe('FENCED')
      expect(await unpark(second, third)).toBe('STALE')
      expect(await unpark(first, second)).toBe('OK')
      expect(await unpark(first, second)).toBe('OK')
      expect(await parts.groups.parkedRange(at, group, 'e')).toMatchObject({ first: second, last: third })
      expect(await unpark(second, third)).toBe('OK')
      expect(await unpark(third, '')).toBe('OK')
      expect(await unpark(third, '')).toBe('OK')
      expect(await parts.groups.parkedRange(at, group, 'e')).toBeNull()
    })
  })
}
