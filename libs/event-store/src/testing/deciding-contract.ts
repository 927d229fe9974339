import { AppError } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import { execute } from '../deciding/execute.ts'
import type { StoredDecider } from '../deciding/participant.ts'
import { account, cents, type LedgerEvent, movement } from './ledger.ts'
import { whileAppending } from './long-account.ts'
import type { TestedStore } from './tested-store.ts'

/** Decisions on what was appended. */
export function decidingContract(store: TestedStore): void {
  describe('deciding', () => {
    let decisions = 0
    const balance: StoredDecider<{ cents: number }, { move: number }, LedgerEvent> = {
      revision: 'balance/1',
      initialState: () => ({ cents: 0 }),
      decide({ move }, state) {
        decisions++
        if (state.cents + move < 0) throw new AppError('conflict', `balance is ${state.cents}`)
        return move === 0 ? [] : [{ type: 'moved', data: { cents: move } }]
      },
      evolve: (state, event) => ({ cents: state.cents + (event.type === 'moved' ? event.data.cents : 0) }),
    }
    const total = async (id: string) =>
      cents(await store().readEntity(account(id))).reduce<number>((sum, amount) => sum + Number(amount), 0)
    const move = (id: string, amount: number, commandId = movement(id, amount).commandId) =>
      execute(store(), balance, account(id), { move: amount }, { commandId })

    test('never overdraws an account however many withdraw at once', async () => {
      await move('a', 50)
      const settled = await Promise.allSettled(Array.from({ length: 8 }, () => move('a', -10)))
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
      expect(await total('a')).toBe(0)
    })

    for (const remembers of [false, true])
      test(`never decides on fewer events than there were, however many others write, ${remembers ? 'remembering' : 'reading'} them`, async () => {
        const counting: StoredDecider<number, null, LedgerEvent> = {
          revision: 'counting/1',
          initialState: () => 0,
          decide: (_, seen) => [{ type: 'noted', data: { text: String(seen) } }],
          evolve: (seen) => seen + 1,
        }
        await whileAppending(store(), async () => {
          for (let i = 0; i < 60; i++) {
            const { commandId } = movement('long', i)
            // Of another revision there is neither a snapshot nor a memory: each load is as long as it gets.
            const decider = remembers ? counting : { ...counting, revision: `counting/${i}` }
            await execute(store(), decider, account('long'), null, { commandId }).catch((error: AppError) => {
              if (error.code !== 'conflict') throw error
            })
          }
        })
        const decided = (await store().readEntity(account('long'))).filter(({ type }) => type === 'noted')
        expect(decided.length).toBeGreaterThan(0)
        for (const { version, data } of decided) expect(data).toEqual({ text: String(version - 1) })
      })

    test('answers a command that was carried out as it did then, and changes nothing', async () => {
      const first = await move('a', 50, 'once')
      await move('a', -50)
      const { version, position, token } = first
      expect(await move('a', 50, 'once')).toMatchObject({
        version,
        position,
        token,
        repeated: true,
        events: [],
      })
      expect(await move('a', -1, 'never').catch(({ code }) => code)).toBe('conflict')
      expect(await total('a')).toBe(0)
    })

    test('decides a command once that comes twice at once, though it would decide otherwise the second time', async () => {
      let now = 0
      const telling: StoredDecider<object, null, LedgerEvent> = {
        revision: 'telling/1',
        initialState: () => ({}),
        decide: () => [{ type: 'noted', data: { text: String(++now) } }],
        evolve: (state) => state,
      }
      for (const probablyNew of [true, false]) {
        const target = account(`told-${probablyNew}`)
        const why = { commandId: `at-once-${probablyNew}`, probablyNew }
        const tell = () => execute(store(), telling, target, null, why)
        const answers = await Promise.all([tell(), tell(), tell()])
        expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
        expect(await store().readEntity(target)).toHaveLength(1)
      }
    })

    test('carries out a command only for the very state it was meant for, if told by its token', async () => {
      const { token } = await move('a', 50)
      const meant = (expectedVersion: string) =>
        execute(
          store(),
          balance,
          account('a'),
          { move: 1 },
          { commandId: movement('a', 1).commandId, expectedVersion },
        )
      await expect(meant('1@1-1')).rejects.toMatchObject({
        code: 'conflict',
        message: `account a: version: expected 1@1-1, got ${token}`,
      })
      expect(await meant(token)).toMatchObject({ version: 2 })
    })

    test('decides on an entity that should be new without reading it, and again if it is there already', async () => {
      const open = (amount: number, commandId: string) =>
        execute(store(), balance, account('new'), { move: amount }, { commandId, probablyNew: true })
      const before = decisions
      expect(await open(50, 'first')).toMatchObject({ version: 1, repeated: false, state: { cents: 50 } })
      expect(decisions).toBe(before + 1)
      expect(await open(50, 'first')).toMatchObject({ version: 1, repeated: true, events: [] })
      expect(await open(-20, 'second')).toMatchObject({ version: 2, state: { cents: 30 } })
      await expect(open(-40, 'third')).rejects.toMatchObject({ code: 'conflict' })
      expect(cents(await store().readEntity(account('new')))).toEqual([50, -20])
    })

    test("writes nothing when there is nothing to do, and returns the entity's position", async () => {
      const { version, position } = await move('a', 50)
      expect(await move('a', 0)).toMatchObject({ version, position, events: [], state: { cents: 50 } })
    })

    test('carries out a command only at the version it was meant for, unless it asks for what is so already', async () => {
      const move = (amount: number, expectedVersion: number, commandId = movement('a', amount).commandId) =>
        execute(store(), balance, account('a'), { move: amount }, { commandId, expectedVersion })
      await move(50, 0)
      await move(1, 1, 'once')
      await expect(move(2, 1)).rejects.toMatchObject({
        code: 'conflict',
        message: 'account a: version: expected 1, got 2',
        fields: [{ path: 'version' }],
      })
      expect(await move(0, 1)).toMatchObject({ version: 2, events: [] })
      expect(await move(1, 1, 'once')).toMatchObject({ version: 2, repeated: true })
      const raced = await Promise.allSettled([move(3, 2), move(4, 2)])
      expect(raced.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    test('starts from a snapshot once a history is long, and never from one of another revision', async () => {
      const events: LedgerEvent[] = Array.from({ length: 150 }, () => ({ type: 'moved', data: { cents: 1 } }))
      await store().append(movement('a', 0, { events }))
      await move('a', 1)
      const withSnapshot = await store().load(account('a'), { snapshotRevision: 'balance/1' })
      expect(withSnapshot.snapshot).toEqual({ cents: 150 })
      expect(withSnapshot).toMatchObject({ version: 151, position: 151 })
      expect(withSnapshot.events).toHaveLength(1)
      const other = await store().load(account('a'), { snapshotRevision: 'balance/2' })
      expect(other.snapshot).toBeUndefined()
      expect(other.events).toHaveLength(151)
      expect((await move('a', 0)).state).toEqual({ cents: 151 })
    })

    test('gives each reader a snapshot of its own', async () => {
      const events: LedgerEvent[] = Array.from({ length: 150 }, () => ({ type: 'moved', data: { cents: 1 } }))
      await store().append(movement('a', 0, { events }))
      await move('a', 1)
      const snapshot = async () =>
        (await store().load(account('a'), { snapshotRevision: 'balance/1' })).snapshot as { cents: number }
      const mine = await snapshot()
      mine.cents = -1
      expect(await snapshot()).toEqual({ cents: 150 })
    })

    test('does not use a snapshot of a history that is not in the log', async () => {
      await store().append(movement('a', 1))
      await store().append(movement('a', 2))
      const snapshot = {
        version: 1,
        position: 1,
        entryId: '1-1',
        revision: 'balance/1',
        state: { cents: 9_999 },
      }
      await store().saveSnapshot(account('a'), snapshot)
      expect((await move('a', 0)).state).toEqual({ cents: 3 })
    })
  })
}
