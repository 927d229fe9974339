import { type AppError, errorCode, retry } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import type { AppendAll } from '../entity.ts'
import type { Recorded } from '../event.ts'
import { account, cents, type LedgerEvent } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: AppError) => `${error.code}: ${error.message}`,
  )
const moved = (amount: number) => ({ type: 'moved', data: { cents: amount } }) as const
const inBank = (entityId: string) => ({ ...account(entityId), key: 'bank' })

let commands = 0
/** Moves cents from one account of the bank to another; other fields of the append as given. */
const transfer = (from: string, to: string, amount: number, more: Partial<AppendAll<LedgerEvent>> = {}) => ({
  topic: 'account',
  key: 'bank',
  commandId: `transfer-${++commands}`,
  entities: [
    { entityId: from, expected: 'any' as const, events: [moved(-amount)] },
    { entityId: to, expected: 'any' as const, events: [moved(amount)] },
  ],
  ...more,
})

/** What an append to several entities of one partition must do. */
export function appendAllContract(store: TestedStore): void {
  const balanceOf = async (entityId: string) => cents(await store().readEntity(inBank(entityId)))

  describe('appending to several entities', () => {
    test('stores the events of all one behind another, each at the version of its own entity', async () => {
      await store().appendAll(transfer('ada', 'bob', 1))
      const both = [moved(-2), moved(-3)]
      const { position, partition, entities, repeated } = await store().appendAll({
        ...transfer('ada', 'eve', 0),
        correlationId: 'corr',
        entities: [
          { entityId: 'ada', expected: 1, events: both },
          { entityId: 'eve', expected: 0, events: [moved(5)] },
        ],
      })
      expect({ position, partition, repeated }).toEqual({
        position: 5,
        partition: store().partitionOf('bank'),
        repeated: false,
      })
      expect(entities.map(({ version }) => version)).toEqual([3, 1])
      const log: Recorded<LedgerEvent>[] = []
      for await (const event of store().readTopic('account', partition)) log.push(event)
      expect(log.map(({ entity_id, version }) => `${entity_id}@${version}`)).toEqual([
        'ada@1',
        'bob@1',
        'ada@2',
        'ada@3',
        'eve@1',
      ])
      expect(log.at(-1)).toMatchObject({ key: 'bank', position: 5, correlation_id: 'corr' })
      const tokens = await Promise.all(
        ['ada', 'eve'].map(async (id) => (await store().load(inBank(id))).token),
      )
      expect(entities.map(({ token }) => token)).toEqual(tokens)
    })

    test('writes nothing to any of them when one is not at what was expected, and names it', async () => {
      await store().appendAll(transfer('ada', 'bob', 1))
      const late = transfer('ada', 'bob', 2)
      const entities = [late.entities[0], { ...late.entities[1], expected: 0 }] as typeof late.entities
      expect(await message(store().appendAll({ ...late, entities }))).toBe(
        'conflict: append to account bob: it is at version 1, expected 0',
      )
      expect([await balanceOf('ada'), await balanceOf('bob')]).toEqual([[-1], [1]])
    })

    test('only requires an entity without events to be where it was, and leaves it there', async () => {
      const { entities } = await store().appendAll(transfer('ada', 'limit', 1))
      const limit = { entityId: 'limit', expected: entities[1]?.token ?? '', events: [] }
      const more = (amount: number) => ({
        ...transfer('ada', 'limit', 0),
        entities: [{ entityId: 'ada', expected: 'any' as const, events: [moved(amount)] }, limit],
      })
      const answer = await store().appendAll(more(2))
      expect(answer.entities).toEqual([
        expect.objectContaining({ version: 2 }),
        { version: 1, token: limit.expected },
      ])
      await store().append({ ...transfer('', '', 0), ...inBank('limit'), expected: 1, events: [moved(9)] })
      expect(await message(store().appendAll(more(3)))).toMatch(/^conflict: .* limit: it is at version 2/)
      expect([await balanceOf('ada'), await balanceOf('limit')]).toEqual([
        [-1, 2],
        [1, 9],
      ])
    })

    test('stores nothing without any event, and resolves if all are where they were at one moment', async () => {
      const { position, entities } = await store().appendAll(transfer('ada', 'bob', 1))
      const [ada, bob] = entities.map(({ token }) => token) as [string, string]
      const look = (...expected: string[]) => ({
        ...transfer('ada', 'bob', 0),
        entities: ['ada', 'bob'].map((entityId, k) => ({
          entityId,
          expected: expected[k] ?? '',
          events: [],
        })),
      })
      expect(await store().appendAll(look(ada, bob))).toMatchObject({ position, entities, repeated: false })
      await store().append({ ...transfer('', '', 0), ...inBank('bob'), expected: bob, events: [moved(1)] })
      expect(await message(store().appendAll(look(ada, bob)))).toMatch(/^conflict: append to account bob/)
      expect(await balanceOf('ada')).toEqual([-1])
    })

    test('stores the same command id once, and answers where it left each entity then', async () => {
      const command = transfer('ada', 'bob', 5)
      const first = await store().appendAll(command)
      await store().appendAll(transfer('bob', 'ada', 1))
      expect(await store().appendAll(command)).toEqual({ ...first, repeated: true })
      const answers = await Promise.all(
        [1, 2, 3].map(() => store().appendAll(transfer('x', 'y', 1, { commandId: 'z' }))),
      )
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect([await balanceOf('ada'), await balanceOf('x')]).toEqual([[-5, 1], [-1]])
    })

    test('answers who loads any of its entities under its command id, and refuses it to others', async () => {
      const command = transfer('ada', 'bob', 5)
      const { position, entities } = await store().appendAll(command)
      await store().appendAll(transfer('ada', 'bob', 1))
      for (const [k, entityId] of ['ada', 'bob'].entries())
        expect(await store().load(inBank(entityId), command)).toMatchObject({
          repeated: { position, ...entities[k], repeated: true },
        })
      expect(await message(store().load(inBank('eve'), command))).toMatch(
        /^invalid: append to account eve: '.*' was used for account bob, expected a command id of its own/,
      )
    })

    test('refuses other events, other entities and another order of them under the id of a command', async () => {
      const command = transfer('ada', 'bob', 5)
      await store().appendAll(command)
      const [ada, bob] = command.entities as [(typeof command.entities)[0], (typeof command.entities)[0]]
      const others = [
        [ada, { ...bob, events: [moved(6)] }],
        [ada, { ...bob, entityId: 'eve' }],
        [ada],
        [ada, bob, { ...bob, entityId: 'eve' }],
        [
          { ...bob, events: [moved(5)] },
          { ...ada, events: [moved(-5)] },
        ],
      ]
      for (const entities of others)
        expect(await message(store().appendAll({ ...command, entities }))).toMatch(
          /^invalid: append to account .* was used for .*, expected a command id of its own/,
        )
      const elsewhere = [{ ...bob, entityId: 'eve' }]
      expect(await message(store().appendAll({ ...command, entities: elsewhere }))).toMatch(
        /^invalid: .* was used for account bob/,
      )
      expect([await balanceOf('ada'), await balanceOf('bob'), await balanceOf('eve')]).toEqual([
        [-5],
        [5],
        [],
      ])
    })

    test('lets appends that travel together build on one another', async () => {
      const at = (expected: number, entityId: string) => ({ entityId, expected, events: [moved(1)] })
      const together = [
        [at(0, 'ada'), at(0, 'bob')],
        [at(1, 'ada'), at(0, 'bob')],
        [at(1, 'ada'), at(0, 'eve')],
        [at(2, 'ada'), at(1, 'bob')],
      ]
      const settled = await Promise.allSettled(
        together.map((entities) => store().appendAll(transfer('', '', 0, { entities }))),
      )
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
      expect((await balanceOf('ada')).length).toBe(3)
    })

    test('keeps the sum of a bank whose accounts are never overdrawn, however many transfer at once', async () => {
      const names = ['ada', 'bob', 'eve', 'joe']
      const opening = names.map((entityId) => ({ entityId, expected: 0, events: [moved(10)] }))
      await store().appendAll(transfer('', '', 0, { entities: opening }))
      const stateOf = async (entityId: string) => {
        const { token, events } = await store().load(inBank(entityId))
        return { entityId, token, balance: cents(events).reduce<number>((sum, c) => sum + Number(c), 0) }
      }
      const move = (from: string, to: string, amount: number) =>
        retry(
          async () => {
            const [payer, payee] = [await stateOf(from), await stateOf(to)]
            if (payer.balance < amount) return
            const [paid, got] = [moved(-amount), moved(amount)]
            const entities = [
              { entityId: from, expected: payer.token, events: [paid] },
              { entityId: to, expected: payee.token, events: [got] },
            ]
            await store().appendAll(transfer('', '', 0, { entities }))
          },
          { attempts: 1_000, baseMs: 1, maxMs: 5, when: (error) => errorCode(error) === 'conflict' },
        )
      const pairs = Array.from(
        { length: 60 },
        (_, n) => [names[n % 4], names[(n * 7 + 1) % 4]] as [string, string],
      )
      await Promise.all(pairs.map(([from, to], n) => (from === to ? undefined : move(from, to, (n % 9) + 1))))
      const balances = (await Promise.all(names.map(stateOf))).map(({ balance }) => balance)
      expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(40)
      expect(Math.min(...balances)).toBeGreaterThanOrEqual(0)
    })
  })

  describe('bad input to an append to several entities', () => {
    const entity = (entityId: string, more = {}) => ({
      entityId,
      expected: 'any' as const,
      events: [moved(1)],
      ...more,
    })
    const many = (count: number, events: number) =>
      Array.from({ length: count }, (_, k) => entity(`e-${k}`, { events: Array(events).fill(moved(1)) }))
    const refused: [string, Partial<AppendAll<LedgerEvent>>, RegExp][] = [
      ['an unknown topic', { topic: 'acount' }, /topic is 'acount', expected one of account, note/],
      ['an empty key', { key: '' }, /key is "", expected 1 to 256 characters/],
      ['no entity', { entities: [] }, /append to account: 0 entities, expected 1 to 512/],
      ['too many entities', { entities: many(513, 0) }, /513 entities, expected 1 to 512/],
      ['too many events in all', { entities: many(3, 171) }, /513 events, expected 0 to 512/],
      ['an entity twice', { entities: [entity('ada'), entity('ada')] }, /account ada: it is named twice/],
      ['an entity without an id', { entities: [entity('ada'), entity('')] }, /entityId is "", expected 1 to/],
      [
        'a version that none is',
        { entities: [entity('ada'), entity('bob', { expected: -1 })] },
        /account bob: expected version is -1/,
      ],
      [
        'data of the wrong type',
        { entities: [entity('ada'), entity('bob', { events: [{ type: 'moved', data: { cents: 'x' } }] })] },
        /cents is "x"/,
      ],
      [
        'more than 1 MiB in all',
        {
          entities: many(17, 0).map((one) => ({
            ...one,
            events: [{ type: 'noted' as const, data: { text: 'x'.repeat(65_000) } }],
          })),
        },
        /expected at most 1048576/,
      ],
    ]
    for (const [what, more, expected] of refused)
      test(`refuses ${what} with a clear error, and writes nothing`, async () => {
        const answer = await message(store().appendAll(transfer('ada', 'bob', 1, more)))
        expect(answer).toMatch(/^invalid: /)
        expect(answer).toMatch(expected)
        expect([await balanceOf('ada'), await balanceOf('bob'), await balanceOf('e-0')]).toEqual([[], [], []])
      })
  })
}
