import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import { execute } from '../deciding/execute.ts'
import type { StoredDecider } from '../deciding/participant.ts'
import type { EventStore } from '../event-store.ts'
import { account, cents, type LedgerEvent, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

type Seen = { cents: number; events: string[] }

/** Remembers whatever it is given, so that what it is given must be the same however the state was come by. */
const balance: StoredDecider<Seen, number[], LedgerEvent> = {
  revision: 'seen/1',
  initialState: () => ({ cents: 0, events: [] }),
  decide(moves, state) {
    const after = moves.reduce((sum, move) => sum + move, state.cents)
    if (after < 0) throw new AppError('conflict', `balance is ${state.cents}`)
    return moves.map((cents) => ({ type: 'moved', data: { cents, extra: 'is not in the schema' } }))
  },
  evolve(state, event) {
    state.events.push(JSON.stringify(event))
    state.cents += event.type === 'moved' ? event.data.cents : 0
    return state
  },
}

/** States that are remembered, and what must not come of it. */
export function rememberingContract(store: TestedStore): void {
  describe('remembered states', () => {
    let loads = 0
    const move = (...moves: number[]) => {
      const load: EventStore<LedgerEvent>['load'] = (ref, options) => {
        loads++
        return store().load(ref, options)
      }
      const { commandId } = movement('a', 0)
      return execute({ ...store(), load }, balance, account('a'), moves, { commandId })
    }
    const others = (amount: number) => store().append(movement('a', amount))
    const history = async () => cents(await store().readEntity(account('a')))
    const loadsOf = async (work: () => Promise<unknown>) => {
      loads = 0
      await work()
      return loads
    }

    test('spare the reading of an entity that was decided on last', async () => {
      expect(await loadsOf(() => move(50))).toBe(1)
      expect(await loadsOf(() => move(-20))).toBe(0)
      expect(await loadsOf(() => move(-20))).toBe(0)
      expect(await history()).toEqual([50, -20, -20])
    })

    test('are in no decision once others have written to the entity', async () => {
      await move(50)
      await others(-40)
      await expect(move(-20)).rejects.toMatchObject({ code: 'conflict', message: 'balance is 10' })
      await move(-10)
      await others(30)
      expect((await move(-25)).state?.cents).toBe(5)
      expect(await history()).toEqual([50, -40, -10, 30, -25])
    })

    test('refuse nothing that the log would not refuse', async () => {
      await move(10)
      await others(40)
      expect((await move(-50)).state?.cents).toBe(0)
    })

    test('of a history that was lost are in no decision, though the version number is the same', async () => {
      await others(10)
      const lost = { token: '1@1-1', position: 1, snapshotVersion: 0, state: { cents: 9_999, events: [] } }
      store().stateCache.set(account('a'), balance.revision, lost)
      await expect(move(-20)).rejects.toMatchObject({ code: 'conflict', message: 'balance is 10' })
      expect(await history()).toEqual([10])
    })

    test('are those that a reader would have, event for event', async () => {
      await move(1)
      await move(2)
      await move(3, 4)
      await move(5)
      const { state } = await move(6)
      const read = { ...balance, revision: 'read/1', decide: () => [] }
      const { commandId } = movement('a', 0)
      const same = await execute(store(), read, account('a'), [], { commandId })
      expect(state?.events.slice(0, -1)).toEqual((same.state as Seen).events.slice(0, -1))
      expect(state?.events).toHaveLength(6)
    })

    test('are copies, which no decision can change for the next', async () => {
      await move(5)
      const spoiling: typeof balance = {
        ...balance,
        decide(_, state) {
          state.cents = 1_000_000
          throw new AppError('conflict', 'refused')
        },
      }
      const { commandId } = movement('a', 0)
      await execute(store(), spoiling, account('a'), [], { commandId }).catch(() => {})
      await expect(move(-6)).rejects.toMatchObject({ message: 'balance is 5' })
    })

    test('are snapshotted in time, so that whoever takes over has little to read', async () => {
      for (let i = 0; i < 250; i++) await move(1)
      const asked = { snapshotRevision: balance.revision }
      await eventually(async () => {
        const { snapshot, events, version } = await store().load(account('a'), asked)
        expect((snapshot as Seen).cents).toBe(version - events.length)
        expect(events.length).toBeLessThan(100)
      })
    })

    test('never overdraw an account, however many withdraw at once and whoever else does', async () => {
      await move(50)
      const settled = await Promise.allSettled(
        Array.from({ length: 30 }, (_, n) => (n % 5 === 4 ? others(1) : move(-5))),
      )
      expect(settled.some(({ status }) => status === 'fulfilled')).toBe(true)
      let sum = 0
      for (const amount of await history()) {
        sum += Number(amount)
        expect(sum).toBeGreaterThanOrEqual(0)
      }
    })
  })
}
