import { eventually } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import type { LogPosition, Recorded } from '../event.ts'
import type { RowQuery, RowWrite } from '../rows/row.ts'
import { blockFor, type LedgerEvent, ledgerRows, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

const namesOfNotes = (event: Recorded<LedgerEvent>): RowWrite[] =>
  event.type === 'noted' ? [['ZADD', 'note_names', 0, event.data.text]] : []

const quick = { leaseMs: 600, beatMs: 50 }

/** Writes that Redis would refuse, and what is wrong with them. */
const wrongWrites: [what: string, writes: RowWrite[]][] = [
  ['a Set that gains no member', [['SADD', 'note_ids']]],
  ['a Hash whose field has no value', [['HSET', 'note_entity:n', 'text']]],
  ['a value that is undefined', [['HSET', 'note_entity:n', 'text', undefined as unknown as string]]],
  ['a score that is no number', [['ZADD', 'note_names', 'high', 'n']]],
  ['an increment without a delta', [['HINCRBY', 'note_counts', 'n']]],
  ['an increment by a part of one', [['HINCRBY', 'note_counts', 'n', 1.5]]],
  ['an increment by text', [['HINCRBY', 'note_counts', 'n', '1']]],
  ['an increment beyond the safe integers', [['HINCRBY', 'note_counts', 'n', 2 ** 53]]],
  [
    'an increment of what is no integer',
    [
      ['HSET', 'note_counts', 'n', '1.0'],
      ['HINCRBY', 'note_counts', 'n', 1],
    ],
  ],
  [
    'increments that leave the safe integers together',
    [
      ['HINCRBY', 'note_counts', 'n', Number.MIN_SAFE_INTEGER],
      ['HINCRBY', 'note_counts', 'n', -1],
    ],
  ],
  ['an entry to be taken out that another row does not tell', [['UNLIST', 'note_names', 'note_lines']]],
  ['an entry to be taken out by a number', [['UNLIST', 'note_names', 'note_lines', 7]]],
  [
    'an entry to be taken out by a row of another type',
    [
      ['RPUSH', 'note_words', 'a'],
      ['UNLIST', 'note_names', 'note_words', ':n', 'text'],
    ],
  ],
  ['an unknown command', [['LPUSH' as 'RPUSH', 'note_lines', 'n']]],
  ['a row without a name', [['SADD', '', 'n']]],
  [
    'one kind of row that is a List and a Set',
    [
      ['RPUSH', 'note_lines', 'a'],
      ['SADD', 'note_lines', 'b'],
    ],
  ],
  ['more arguments than Redis takes', [['RPUSH', 'note_lines', ...Array.from({ length: 4_001 }, String)]]],
  [
    'more arguments than one event may give',
    Array.from({ length: 3 }, () => ['SADD', 'note_ids', ...Array.from({ length: 3_500 }, String)]),
  ],
  ['more writes than one event may make', Array.from({ length: 1_001 }, () => ['RPUSH', 'note_lines', 'n'])],
]

/** Projections, their cache, and reading one's own writes. */
export function projectionContract(store: TestedStore): void {
  const project = () =>
    store().project({ name: 'ledger', topics: ['account', 'note'], project: ledgerRows, ...quick })
  const query = (command: RowQuery['command'], id: string, row: string, ...args: (string | number)[]) => ({
    ...{ command, row, args, topic: 'account', partition: store().partitionOf(id) },
  })

  /** Another entity of the same partition. */
  const neighbourOf = (id: string) =>
    Array.from({ length: 100 }, (_, i) => `n-${i}`).find(
      (other) => store().partitionOf(other) === store().partitionOf(id),
    ) as string

  describe('projections', () => {
    test('fold nothing more on a lease that ran out while the event loop was busy', async () => {
      for (let i = 0; i < 20; i++) await store().append(movement(`a-${i}`, i, { key: 'k' }))
      const folded: number[] = []
      let busy = true
      const fold = (event: Recorded<LedgerEvent>) => {
        folded.push(event.position)
        if (busy && event.position === 10) {
          blockFor(quick.leaseMs + 50)
          busy = false
        }
        return ledgerRows(event)
      }
      store().project({ name: 'ledger', topics: ['account'], project: fold, ...quick })
      await eventually(() => folded.includes(20))
      expect(folded[folded.indexOf(10) + 1]).toBeLessThanOrEqual(10)
    })

    test('fold the log into rows that the cache answers from', async () => {
      project()
      await store().append(movement('a', 0, { events: [{ type: 'opened', data: { owner: 'ann' } }] }))
      const moved = await store().append(movement('a', 7))
      const cache = store().cache('ledger')
      expect(await cache.waitFor([moved], 5_000)).toBe(true)
      expect(
        await cache.query([
          query('SMEMBERS', 'a', 'account_ids'),
          query('HGETALL', 'a', 'account_entity:a'),
          query('LRANGE', 'a', 'account_movements:a', 0, -1),
          query('HGETALL', 'a', 'account_entity:nobody'),
        ]),
      ).toEqual([['a'], { owner: 'ann', version: '2', balance: '7' }, ['7'], {}])
    })

    test('keep a running balance, whatever is appended at once and however members come and go', async () => {
      const ids = ['a', 'b', 'c', 'd', 'e']
      const appending = Promise.all(
        Array.from({ length: 300 }, (_, i) => store().append(movement(ids[i % 5] as string, i - 100))),
      )
      for (let round = 0; round < 3; round++) {
        const member = project()
        await eventually(() => member.owned().length > 0)
        await member.stop()
      }
      project()
      expect(
        await store()
          .cache('ledger')
          .waitFor(await appending, 10_000),
      ).toBe(true)
      const rows = ids.map((id) => query('HMGET', id, `account_entity:${id}`, 'balance', 'version'))
      const sumOf = (k: number) =>
        Array.from({ length: 60 }, (_, n) => 5 * n + k - 100).reduce((a, b) => a + b)
      expect(await store().cache('ledger').query(rows)).toEqual(ids.map((_, k) => [String(sumOf(k)), '60']))
    })

    test('take out of an index what another row says, as it was before the event', async () => {
      const relisted = (event: Recorded<LedgerEvent>): RowWrite[] => {
        if (event.type !== 'noted') return []
        const [owner = '', ...words] = event.data.text.split(' ')
        return [
          ['UNLIST', 'note_owners', 'note_entity:n', ':n', 'owner'],
          ['UNLIST', 'note_words', 'note_lines:n', ':n'],
          ['HSET', 'note_entity:n', 'owner', owner],
          ['DEL', 'note_lines:n'],
          ['RPUSH', 'note_lines:n', ...words],
          ['ZADD', 'note_owners', 0, `${owner}:n`],
          ['ZADD', 'note_words', ...words.flatMap((word) => [0, `${word}:n`])],
        ]
      }
      store().project({ name: 'ledger', topics: ['note'], project: relisted, ...quick })
      const texts = ['ann a b b', 'ann b c', 'bob c d']
      const cache = store().cache('ledger')
      const listed = [
        { ...query('ZRANGE', 'n', 'note_owners', 0, -1), topic: 'note' },
        { ...query('ZRANGE', 'n', 'note_words', 0, -1), topic: 'note' },
      ]
      const noted = (...some: string[]) =>
        store().append(
          movement('n', 0, {
            topic: 'note',
            events: some.map((text) => ({ type: 'noted', data: { text } })),
          }),
        )
      expect(await cache.waitFor([await noted(texts[0] as string)], 5_000)).toBe(true)
      expect(await cache.query(listed)).toEqual([['ann:n'], ['a:n', 'b:n']])
      expect(await cache.waitFor([await noted(...texts.slice(1))], 5_000)).toBe(true)
      expect(await cache.query(listed)).toEqual([['bob:n'], ['c:n', 'd:n']])
    })

    test('list members of one score by name, page by page', async () => {
      store().project({ name: 'ledger', topics: ['note'], project: namesOfNotes, ...quick })
      const noted = movement('n', 0, {
        topic: 'note',
        events: ['c', 'a', 'b', 'ab'].map((text) => ({ type: 'noted', data: { text } })),
      })
      const cache = store().cache('ledger')
      expect(await cache.waitFor([await store().append(noted)], 5_000)).toBe(true)
      const page = (after: string) => ({
        ...query('ZRANGE', 'n', 'note_names', after, '+', 'BYLEX', 'LIMIT', 0, 2),
        topic: 'note',
      })
      expect(await cache.query([page('-'), page('(ab'), page('(c')])).toEqual([['a', 'ab'], ['b', 'c'], []])
      const between = { ...page('(a'), args: ['(a', '(b', 'BYLEX', 'LIMIT', 0, 9] }
      expect(await cache.query([between])).toEqual([['ab']])
    })

    test('delete the rows of what was deleted', async () => {
      project()
      await store().append(movement('a', 0, { events: [{ type: 'opened', data: { owner: 'ann' } }] }))
      await store().append(movement('a', 1))
      const closed = await store().append(movement('a', 0, { events: [{ type: 'closed', data: {} }] }))
      expect(await store().cache('ledger').waitFor([closed], 5_000)).toBe(true)
      const rows = [
        query('SMEMBERS', 'a', 'account_ids'),
        query('HGETALL', 'a', 'account_entity:a'),
        query('LRANGE', 'a', 'account_movements:a', 0, -1),
      ]
      expect(await store().cache('ledger').query(rows)).toEqual([[], {}, []])
    })

    test('show every acknowledged write to a reader that waits for it', async () => {
      project()
      const cache = store().cache('ledger')
      for (let i = 0; i < 20; i++) {
        const written: LogPosition[] = await Promise.all(
          ['a', 'b', 'c'].map((id) => store().append(movement(id, i))),
        )
        expect(await cache.waitFor(written, 5_000)).toBe(true)
        const lists = await cache.query(
          ['a', 'b', 'c'].map((id) => query('LRANGE', id, `account_movements:${id}`, 0, -1)),
        )
        for (const list of lists) expect(list).toHaveLength(i + 1)
      }
    })

    test('answer within the timeout when no projection runs', async () => {
      const written = await store().append(movement('a', 1))
      expect(await store().cache('ledger').waitFor([written], 30)).toBe(false)
    })

    test('park a key that cannot be projected, and continue with the others', async () => {
      project()
      await store().append(
        movement('bad', 0, { topic: 'note', events: [{ type: 'noted', data: { text: 'poison' } }] }),
      )
      const neighbour = neighbourOf('bad')
      const written = await store().append(
        movement(neighbour, 0, { topic: 'note', events: [{ type: 'noted', data: { text: 'fine' } }] }),
      )
      expect(await store().cache('ledger').waitFor([written], 5_000)).toBe(true)
      const row = { ...query('HGETALL', 'bad', `note_entity:${neighbour}`), topic: 'note' }
      await eventually(async () =>
        expect(await store().cache('ledger').query([row])).toEqual([{ text: 'fine' }]),
      )
    })

    for (const [what, wrong] of wrongWrites)
      test(`park a key whose rows cannot be written, ${what}, and write none of them`, async () => {
        const first: RowWrite = ['RPUSH', 'note_lines', 'first']
        const write = (event: Recorded<LedgerEvent>): RowWrite[] =>
          event.type === 'noted' && event.data.text === 'wrong' ? [first, ...wrong] : [first]
        store().project({ name: 'ledger', topics: ['note'], project: write, ...quick })
        const note = (id: string, text: string) =>
          store().append(movement(id, 0, { topic: 'note', events: [{ type: 'noted', data: { text } }] }))
        await note('n', 'wrong')
        await note('n', 'fine, but behind it')
        const written = await note(neighbourOf('n'), 'fine')
        const cache = store().cache('ledger')
        expect(await cache.waitFor([written], 5_000)).toBe(true)
        const lines = { ...query('LRANGE', 'n', 'note_lines', 0, -1), topic: 'note' }
        expect(await cache.query([lines])).toEqual([['first']])
      })
  })
}
