import { randomUUID } from 'node:crypto'
import { eventually } from '@ordershop/core/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import type { HotLog } from '../archive/log-through.ts'
import { type Advance, beginning, type Cursor, type Groups } from '../groups/groups.ts'
import { encode } from '../log/entry.ts'
import type { QueryRows, RowWrite } from '../rows/row.ts'

/** The inner parts of a store, fresh and empty. */
export type MakeParts = () => Promise<{ groups: Groups; log: HotLog; queryRows: QueryRows }>

const at = { topic: 'account', partition: 1 }
const group = 'g'

/** What the fenced writes of consumer groups must do; every implementation of `Groups` passes it. */
export function groupsContract(name: string, make: MakeParts): void {
  describe(name, () => {
    let parts: Awaited<ReturnType<MakeParts>>
    let cursors: Cursor[]

    async function append(entityId: string): Promise<void> {
      const cause = { correlationId: 'c', causationId: 'c' }
      const entries = [
        encode(
          { type: 'moved', data: {} },
          {},
          { schemaVersion: 1, fingerprint: undefined },
          cause,
          undefined,
        ),
      ]
      const writes = [{ entityId, expected: 'any', entries }] as const
      await parts.log.append(at, { commandId: randomUUID(), writes, bytes: 2 })
    }
    const claim = (member: string, token: string, leaseMs = 60_000, remembered = beginning) =>
      parts.groups.claim(at, group, { token, member, leaseMs, remembered, maxInHand: 5 })
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
    const field = async (row: string, name: string) => {
      const query = { ...at, command: 'HMGET', row, args: [name] } as const
      return ((await parts.queryRows(group, [query]))[0] as (string | null)[])[0]
    }
    const position = async (token = 'reader') => (await claim('A', token))?.cursor.position

    beforeEach(async () => {
      parts = await make()
      for (let i = 0; i < 10; i++) await append('e')
      const entries = await parts.log.page(at, '', 100)
      cursors = [
        beginning,
        ...entries.map(({ entryId, position, eventId }) => ({ entryId, position, eventId })),
      ]
    })

    test('gives a lease to one member at a time, and to another once it has run out', async () => {
      expect(await claim('A', 'a', 80)).toMatchObject({ cursor: beginning, parkedKeys: [], remembers: true })
      expect(await claim('B', 'b')).toBeNull()
      await eventually(async () => expect(await claim('B', 'b')).not.toBeNull())
      expect(await claim('A', 'a2')).toBeNull()
    })

    test('lets a member take over from itself, and refuses its former self', async () => {
      await claim('A', 'old')
      expect(await claim('A', 'new')).not.toBeNull()
      expect(await advance('old', 0, 1)).toBe('FENCED')
      expect(await advance('new', 0, 1)).toBe('OK')
    })

    test('gives a released partition away at once, and lets a late release change nothing', async () => {
      await claim('A', 'a')
      await parts.groups.release(at, group, 'a')
      expect(await claim('B', 'b')).not.toBeNull()
      await parts.groups.release(at, group, 'a')
      expect(await claim('A', 'a2')).toBeNull()
    })

    test('refuses what a member without the lease would store, rows included', async () => {
      await claim('A', 'a')
      const rows: RowWrite[] = [['RPUSH', 'list', 'late']]
      expect(await advance('nobody', 0, 3, { rows })).toBe('FENCED')
      expect(await position()).toBe(0)
      expect(
        await parts.queryRows(group, [{ ...at, command: 'LRANGE', row: 'list', args: [0, -1] }]),
      ).toEqual([[]])
    })

    test('refuses an advance from where the cursor is not, and accepts one that was already done, once', async () => {
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

    test('refuses all rows when one does not fit the row that is there, or that another of them makes', async () => {
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

    test('adds once, even if an advance whose reply was lost is repeated', async () => {
      await claim('A', 'a')
      const rows: RowWrite[] = [['HINCRBY', 'sums', 'n', 5]]
      expect(await advance('a', 0, 3, { rows })).toBe('OK')
      expect(await advance('a', 0, 3, { rows })).toBe('OK')
      expect(await advance('a', 3, 4, { rows: [['HINCRBY', 'sums', 'n', -7]] })).toBe('OK')
      expect(await field('sums', 'n')).toBe('-2')
    })

    test.each<[string, RowWrite[], found: string, delta: number]>([
      ['text', [['HSET', 'sums', 'n', 'many']], 'many', 1],
      ['a leading zero', [['HSET', 'sums', 'n', '01']], '01', 1],
      ['a part of one', [['HSET', 'sums', 'n', 1.5]], '1.5', 1],
      ['more than a safe integer', [['HSET', 'sums', 'n', '9007199254740993']], '9007199254740993', -5],
      ['the last safe integer', [['HSET', 'sums', 'n', Number.MAX_SAFE_INTEGER]], '9007199254740991', 1],
      [
        'the first safe integer',
        [['HINCRBY', 'sums', 'n', Number.MIN_SAFE_INTEGER]],
        '-9007199254740991',
        -1,
      ],
    ])('refuses to add to a field that holds %s, and writes nothing', async (_, before, found, delta) => {
      await claim('A', 'a')
      const rows: RowWrite[] = [
        ['HSET', 'other', 'n', 1],
        ['HINCRBY', 'sums', 'n', delta],
      ]
      const holds = `hash whose field "n" is "${found}", expected an integer that stays within ±9007199254740991 with ${delta} added`
      expect(await advance('a', 0, 3, { rows: [...before, ...rows] })).toEqual({ index: 2, holds })
      expect(await advance('a', 0, 3, { rows: before })).toBe('OK')
      expect(await advance('a', 3, 5, { rows })).toEqual({ index: 1, holds })
      expect(await field('other', 'n')).toBeNull()
      expect(await field('sums', 'n')).toBe(found)
      expect(await position()).toBe(3)
    })

    test.each<[string, RowWrite[], sum: string]>([
      ['DEL', [['DEL', 'sums']], '3'],
      ['HDEL', [['HDEL', 'sums', 'x', 'n']], '3'],
      ['HSET', [['HSET', 'sums', 'x', 'y', 'n', -4]], '-1'],
    ])('adds to what a %s of the same advance leaves', async (_, before, sum) => {
      await claim('A', 'a')
      await advance('a', 0, 3, { rows: [['HSET', 'sums', 'n', 'many', 'x', 'more']] })
      const rows: RowWrite[] = [...before, ['HINCRBY', 'sums', 'n', 1], ['HINCRBY', 'sums', 'n', 2]]
      expect(await advance('a', 3, 5, { rows })).toBe('OK')
      expect(await field('sums', 'n')).toBe(sum)
    })

    test('refuses an advance to an event that the log does not have', async () => {
      await claim('A', 'a')
      const real = cursors[4] as Cursor
      cursors[4] = { ...real, eventId: 'of another history' }
      expect(await advance('a', 0, 4)).toBe('FORK')
      cursors[4] = { ...real, entryId: '99999999999999-0' }
      expect(await advance('a', 0, 4)).toBe('FORK')
      expect(await position()).toBe(0)
    })

    test('says at a claim whether what the member remembers is still in the log', async () => {
      expect((await claim('A', '1', 9_000, cursors[7]))?.remembers).toBe(true)
      expect((await claim('A', '2', 9_000, { ...(cursors[7] as Cursor), eventId: 'other' }))?.remembers).toBe(
        false,
      )
      expect((await claim('A', '3', 9_000, { ...(cursors[7] as Cursor), entryId: '1-1' }))?.remembers).toBe(
        false,
      )
    })

    /** A claim of a lease that its owner never gave back: it has run out when the next asks. */
    const dies = async (member: string) => {
      const claimed = await eventually(async () => {
        const found = await claim(member, member, 1)
        expect(found).not.toBeNull()
        return found
      })
      return claimed as NonNullable<typeof claimed>
    }

    test('counts owners that died over the same events, and then has events taken one at a time for as many as they had in hand', async () => {
      for (const member of ['A', 'B', 'C']) {
        const claimed = await dies(member)
        expect(claimed).toMatchObject({ carefulUntil: 0 })
        // Each goes on a little: the deadly event need not be the next one.
        await advance(member, claimed.cursor.position, claimed.cursor.position + 1, { leaseMs: 1 })
      }
      expect(await dies('D')).toMatchObject({ carefulUntil: 8 })
      expect(await advance('D', 3, 6)).toBe('OK')
      await parts.groups.release(at, group, 'D')
      expect(await dies('E')).toMatchObject({ carefulUntil: 8 })
      await advance('E', 6, 8)
      await parts.groups.release(at, group, 'E')
      expect(await dies('F')).toMatchObject({ carefulUntil: 0 })
    })

    test('counts no owner that lives on, gave its lease back, got past what the first had in hand, or had nothing to do', async () => {
      for (let k = 0; k < 5; k++) expect(await dies('A')).toMatchObject({ carefulUntil: 0 })
      for (const member of ['B', 'C', 'D', 'E']) {
        await eventually(async () => expect(await claim(member, member)).not.toBeNull())
        await parts.groups.release(at, group, member)
      }
      const steps = [0, 1, 6, 10]
      for (const [k, member] of ['F', 'G', 'H'].entries()) {
        expect(await dies(member)).toMatchObject({ carefulUntil: 0 })
        await advance(member, steps[k] as number, steps[k + 1] as number, { leaseMs: 1 })
      }
      for (const member of ['I', 'J', 'K', 'L']) expect(await dies(member)).toMatchObject({ carefulUntil: 0 })
    })

    test('names the event that its owner tried alone and did not survive, until the cursor has passed it', async () => {
      await dies('A')
      await advance('A', 0, 1, { leaseMs: 1 })
      expect(await parts.groups.mark(at, group, 'A', { kind: 'try', position: 2 })).toBe(true)
      expect(await dies('B')).toMatchObject({ convicted: 2 })
      expect(await parts.groups.mark(at, group, 'A', { kind: 'try', position: 3 })).toBe(false)
      expect(await dies('B')).toMatchObject({ convicted: 2 })
      await advance('B', 1, 2, { leaseMs: 1 })
      expect(await dies('C')).toMatchObject({ convicted: 0 })
    })

    test('blames no event for an owner that lives on, or left in peace', async () => {
      await dies('A')
      await parts.groups.mark(at, group, 'A', { kind: 'try', position: 1 })
      expect(await dies('A')).toMatchObject({ convicted: 0 })
      await eventually(async () => expect(await claim('B', 'B')).not.toBeNull())
      await parts.groups.mark(at, group, 'B', { kind: 'try', position: 1 })
      await parts.groups.release(at, group, 'B')
      expect(await dies('C')).toMatchObject({ convicted: 0 })
    })

    test('cancels a replay that its owner did not survive', async () => {
      await dies('A')
      await parts.groups.mark(at, group, 'A', { kind: 'replay', key: 'deadly' })
      await parts.groups.mark(at, group, 'A', { kind: 'replay', key: 'harmless' })
      await parts.groups.mark(at, group, 'A', { kind: 'replayed', key: 'harmless' })
      expect(await dies('B')).toMatchObject({ endedReplays: ['deadly'] })
      expect(await dies('C')).toMatchObject({ endedReplays: [] })
    })

    test('parks events with the cursor, and removes them one by one, each once', async () => {
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
