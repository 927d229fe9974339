import { AppError, type errorCode } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import { executeAll } from '../deciding/execute-all.ts'
import { account, cents, type LedgerEvent, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

const moved = (amount: number): LedgerEvent => ({ type: 'moved', data: { cents: amount } })

const balance = {
  revision: 'balance/1',
  initialState: () => ({ cents: 0 }),
  evolve: (state: { cents: number }, event: LedgerEvent) => ({
    cents: state.cents + (event.type === 'moved' ? event.data.cents : 0),
  }),
}
/** Of what kind an account is: a state of another shape. */
const kind = {
  revision: 'kind/1',
  initialState: () => ({ name: '' }),
  evolve: (state: { name: string }, event: LedgerEvent) =>
    event.type === 'noted' ? { name: event.data.text } : state,
}

/** Decisions that rest on several entities. */
export function decidingOnManyContract(store: TestedStore): void {
  const bank = { topic: 'account', key: 'bank' }
  const one = (entityId: string, more = {}) => ({ entityId, decider: balance, ...more })
  const transfer = (from: string, to: string, amount: number, commandId = movement('', 0).commandId) =>
    executeAll(
      store(),
      bank,
      [one(from), one(to)],
      ([payer]) => {
        if (payer.cents < amount) throw new AppError('conflict', `balance is ${payer.cents}`)
        return amount === 0 ? [[], []] : [[moved(-amount)], [moved(amount)]]
      },
      { commandId },
    )
  const history = async (entityId: string) =>
    cents(await store().readEntity({ ...account(entityId), key: 'bank' }))
  const others = (entityId: string, amount: number) =>
    store().append(movement(entityId, amount, { key: 'bank' }))
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => 'carried out',
      (error: AppError): `${ReturnType<typeof errorCode>}: ${string}` => `${error.code}: ${error.message}`,
    )

  describe('deciding on several entities', () => {
    test('decides on the states of all, stores the events of each, and returns the states after them', async () => {
      await others('ada', 10)
      const done = await transfer('ada', 'bob', 4)
      expect(done).toMatchObject({
        position: 3,
        repeated: false,
        entities: [{ version: 2 }, { version: 1 }],
        events: [[moved(-4)], [moved(4)]],
        states: [{ cents: 6 }, { cents: 4 }],
      })
      expect([await history('ada'), await history('bob')]).toEqual([[10, -4], [4]])
    })

    test('stores nothing of a decision that rests on what has changed meanwhile, and decides again', async () => {
      await others('ada', 10)
      await transfer('ada', 'bob', 1)
      await others('ada', -8)
      expect(await refusal(transfer('ada', 'bob', 4))).toBe('conflict: balance is 1')
      await others('bob', 1)
      expect(await transfer('bob', 'ada', 2)).toMatchObject({ states: [{ cents: 0 }, { cents: 3 }] })
    })

    test('keeps to a state that it reads and does not write', async () => {
      await others('ada', 10)
      let looks = 0
      const spend = () =>
        executeAll(
          store(),
          bank,
          [one('ada'), { entityId: 'rules', decider: kind }],
          ([, rules]) => {
            if (++looks === 1) others('rules', 1)
            if (rules.name === 'closed') throw new AppError('conflict', 'the bank is closed')
            return [[moved(-1)], []]
          },
          { commandId: movement('', 0).commandId },
        )
      expect(await spend()).toMatchObject({ states: [{ cents: 9 }, { name: '' }] })
      await store().append(
        movement('rules', 0, { key: 'bank', events: [{ type: 'noted', data: { text: 'closed' } }] }),
      )
      expect(await refusal(spend())).toBe('conflict: the bank is closed')
      expect(await history('ada')).toEqual([10, -1])
    })

    test('answers a command that was carried out as it did then, also after others', async () => {
      await others('ada', 10)
      const { position, entities } = await transfer('ada', 'bob', 4, 'pay')
      await transfer('bob', 'ada', 4)
      const again = await transfer('ada', 'bob', 4, 'pay')
      expect(again).toMatchObject({ position, entities, repeated: true, events: [[], []], states: undefined })
      expect(await history('bob')).toEqual([4, -4])
    })

    test('answers a command that gave some of them no event as it did then, whichever those were', async () => {
      type Events = readonly [LedgerEvent[], LedgerEvent[], LedgerEvent[]]
      const names = ['ada', 'bob', 'eve'] as const
      const once = (events: Events, commandId: string) =>
        executeAll(
          store(),
          bank,
          [one('ada'), one('bob'), one('eve')],
          // As a decision is whose state says that it has been taken.
          (states) => (states.every(({ cents }) => cents === 0) ? events : [[], [], []]),
          { commandId },
        )
      for (const writes of [[0], [1], [2], [0, 2], [1, 2]]) {
        const events = names.map((_, k) => (writes.includes(k) ? [moved(1)] : [])) as unknown as Events
        const { position } = await once(events, `pay ${writes}`)
        const again = await once(events, `pay ${writes}`)
        expect(again, `${writes}`).toMatchObject({ position, repeated: true, states: undefined })
        for (const k of writes) await others(names[k] as string, -1)
      }
    })

    test('writes nothing when there is nothing to do, and returns the position that its entities have reached', async () => {
      await others('ada', 10)
      const { position } = await transfer('ada', 'bob', 4)
      await others('eve', 1)
      expect(await transfer('ada', 'bob', 0)).toMatchObject({
        position,
        repeated: false,
        entities: [{ version: 2 }, { version: 1 }],
        states: [{ cents: 6 }, { cents: 4 }],
      })
    })

    test('does not read what should be new, and reads it where it is there already', async () => {
      const open = (amount: number) =>
        executeAll(
          store(),
          bank,
          [one('new', { probablyNew: true }), one('other', { probablyNew: true })],
          ([state]) => [[moved(amount - state.cents)], []],
          { commandId: movement('', 0).commandId },
        )
      expect(await open(5)).toMatchObject({ entities: [{ version: 1 }, { version: 0, token: '0@' }] })
      await others('new', 2)
      expect(await open(9)).toMatchObject({
        entities: [{ version: 3 }, { version: 0 }],
        states: [{ cents: 9 }, { cents: 0 }],
      })
    })

    test('carries out a command only at the versions it was meant for', async () => {
      const { token } = await others('ada', 10)
      const meant = (expectedVersion: string | number) =>
        executeAll(
          store(),
          bank,
          [one('bob'), one('ada', { expectedVersion })],
          () => [[moved(1)], [moved(-1)]],
          { commandId: movement('', 0).commandId },
        )
      expect(await refusal(meant(3))).toBe('conflict: account ada: version: expected 3, got 1')
      expect(await meant(token)).toMatchObject({ entities: [{ version: 1 }, { version: 2 }] })
      expect(await refusal(meant(token))).toMatch(/^conflict: account ada: version: expected 1@/)
      expect(await history('bob')).toEqual([1])
    })

    test('keeps the sum and overdraws nobody, however many transfer at once and whoever else writes', async () => {
      const names = ['ada', 'bob', 'eve', 'joe']
      await Promise.all(names.map((name) => others(name, 20)))
      const transfers = Array.from({ length: 40 }, (_, n) => {
        const [from, to] = [names[n % 4], names[(n + 1 + (n % 3)) % 4]] as [string, string]
        return n % 10 === 9 ? others(from, 0) : refusal(transfer(from, to, (n % 7) + 1))
      })
      await Promise.all(transfers)
      const balances = await Promise.all(
        names.map(async (name) =>
          (await history(name)).reduce<number>((sum, amount) => sum + Number(amount), 0),
        ),
      )
      expect(balances.reduce((sum, amount) => sum + amount, 0)).toBe(80)
      expect(Math.min(...balances)).toBeGreaterThanOrEqual(0)
    })
  })
}
