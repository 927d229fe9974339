import { AppError } from '@ordershop/core'
import { describe, expect, it } from 'vitest'
import type { Recorded } from '../event.ts'
import type { Append } from '../event-store.ts'
import { execute, type StoredDecider } from '../execute.ts'
import type { TestedStore } from './event-store-contract.ts'
import type { LedgerEvent } from './ledger.ts'

let commands = 0
/** An append to account `id`, with a command id of its own. */
export function movement(
  id: string,
  cents: number,
  more: Partial<Append<LedgerEvent>> = {},
): Append<LedgerEvent> {
  const events: LedgerEvent[] = [{ type: 'moved', data: { cents } }]
  return { topic: 'account', entityId: id, expected: 'any', commandId: `c-${++commands}`, events, ...more }
}

const account = (entityId: string) => ({ topic: 'account', entityId })
const cents = (events: readonly Recorded<LedgerEvent>[]) =>
  events.map((event) => (event.type === 'moved' ? event.data.cents : event.type))
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: AppError) => `${error.code}: ${error.message}`,
  )

/** Appending, reading and deciding. */
export function appendContract(store: TestedStore): void {
  describe('appending', () => {
    it('records events in order, with versions and positions that count from 1', async () => {
      const first = await store().append(movement('a', 1))
      const second = await store().append(
        movement('a', 2, {
          events: [
            { type: 'moved', data: { cents: 2 } },
            { type: 'closed', data: {} },
          ],
        }),
      )
      expect(first).toMatchObject({ topic: 'account', version: 1, position: 1, repeated: false })
      expect(second).toMatchObject({ version: 3, position: 3, partition: first.partition })
      expect(cents(await store().readEntity(account('a')))).toEqual([1, 2, 'closed'])
    })

    it('gives every event its whole envelope', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
      const before = Date.now()
      await store().append(
        movement('a', 7, {
          commandId: 'cmd',
          correlationId: 'corr',
          causationId: 'cause',
          traceparent,
          actor: 'ann',
        }),
      )
      const [event] = await store().readEntity(account('a'))
      expect(event).toMatchObject({
        ...{
          type: 'moved',
          data: { cents: 7 },
          topic: 'account',
          entity_id: 'a',
          key: 'a',
          version: 1,
          position: 1,
        },
        ...{ schema_version: 2, correlation_id: 'corr', causation_id: 'cause', traceparent, actor: 'ann' },
      })
      expect(event?.event_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
      expect(Date.parse(event?.recorded_at as string)).toBeGreaterThanOrEqual(before - 1_000)
    })

    it('lets one event of an append have a cause of its own', async () => {
      const own = {
        type: 'moved',
        data: { cents: 1 },
        cause: { correlationId: 'own', causationId: 'why' },
      } as const
      await store().append(
        movement('a', 0, { correlationId: 'all', events: [own, { type: 'closed', data: {} }] }),
      )
      const events = await store().readEntity(account('a'))
      expect(events.map((event) => event.correlation_id)).toEqual(['own', 'all'])
      expect(events[0]?.causation_id).toBe('why')
    })

    it('stores the same command id once, and answers what it answered then', async () => {
      const command = movement('a', 5, { expected: 0 })
      const answer = await store().append(command)
      await store().append(movement('a', 6))
      expect(await store().append(command)).toEqual({ ...answer, repeated: true })
      expect(cents(await store().readEntity(account('a')))).toEqual([5, 6])
    })

    it('stores the same command once when it is sent twice at the same time', async () => {
      const command = movement('a', 5, { expected: 0 })
      const answers = await Promise.all([
        store().append(command),
        store().append(command),
        store().append(command),
      ])
      expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1)
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1)
      expect(await store().readEntity(account('a'))).toHaveLength(1)
    })

    it('refuses another version than the expected one, and writes nothing', async () => {
      await store().append(movement('a', 1))
      expect(await code(store().append(movement('a', 2, { expected: 0 })))).toMatch(
        /^conflict: .*version 1, expected 0/,
      )
      expect(await code(store().append(movement('a', 2, { expected: 5 })))).toMatch(
        /^conflict: .*version 1, expected 5/,
      )
      expect(cents(await store().readEntity(account('a')))).toEqual([1])
    })

    it('lets one of many concurrent appends at the same version win, and none be lost', async () => {
      const racing = Array.from({ length: 20 }, (_, i) => store().append(movement('a', i, { expected: 0 })))
      const settled = await Promise.allSettled(racing)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await store().readEntity(account('a'))).toHaveLength(1)
    })

    it('does not let a conflict fail the appends that travel with it', async () => {
      await store().append(movement('a', 1))
      const settled = await Promise.allSettled([
        store().append(movement('a', 2, { expected: 0 })),
        store().append(movement('a', 3, { expected: 1 })),
        store().append(movement('a', 4, { expected: 2 })),
      ])
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    })

    it('keeps positions contiguous in every partition', async () => {
      await Promise.all(
        Array.from({ length: 300 }, (_, i) => store().append(movement(`account-${i % 40}`, i))),
      )
      let events = 0
      for (let partition = 0; partition < store().partitions; partition++) {
        let position = 0
        for await (const event of store().readTopic('account', partition, { pageSize: 7 })) {
          expect(event.position).toBe(++position)
          events++
        }
      }
      expect(events).toBe(300)
    })

    it('puts everything of a key into one partition, whatever the entity', async () => {
      const appends = await Promise.all(
        Array.from({ length: 10 }, (_, i) => store().append(movement(`e-${i}`, i, { key: 'together' }))),
      )
      expect(new Set(appends.map(({ partition }) => partition))).toEqual(
        new Set([store().partitionOf('together')]),
      )
      const [event] = await store().readEntity({ ...account('e-3'), key: 'together' })
      expect(event).toMatchObject({ entity_id: 'e-3', key: 'together', version: 1 })
    })

    it('accepts an entity called anything', async () => {
      for (const id of ['#', '0@', 'a|b', 'ä €', '{x}', ' ', 'head'])
        expect(await store().append(movement(id, 1, { expected: 0 }))).toMatchObject({ version: 1 })
      expect(await store().readEntity(account('a|b'))).toHaveLength(1)
    })
  })

  describe('bad input', () => {
    const refused: [string, Partial<Append<LedgerEvent>>, RegExp][] = [
      ['an unknown topic', { topic: 'acount' }, /topic is 'acount', expected one of account, note/],
      ['an empty entity id', { entityId: '' }, /entityId is "", expected 1 to 256 characters/],
      ['a command id that is too long', { commandId: 'x'.repeat(257) }, /commandId is .*expected 1 to 256/],
      ['a negative version', { expected: -1 }, /expected version is -1/],
      ['no event', { events: [] }, /0 events, expected 1 to 512/],
      [
        'too many events',
        { events: Array(513).fill({ type: 'closed', data: {} }) },
        /513 events, expected 1 to 512/,
      ],
      [
        'data of the wrong type',
        { events: [{ type: 'moved', data: { cents: 'many' as unknown as number } }] },
        /cents is "many"/,
      ],
      ['an unknown event type', { events: [{ type: 'gone' as 'closed', data: {} }] }, /event type is 'gone'/],
      [
        'data over 128 KiB',
        { events: [{ type: 'noted', data: { text: 'x'.repeat(131_073) } }] },
        /expected at most 131072/,
      ],
      [
        'more than 1 MiB in all',
        { events: Array(17).fill({ type: 'noted', data: { text: 'x'.repeat(65_000) } }) },
        /expected at most 1048576/,
      ],
    ]
    for (const [what, more, message] of refused)
      it(`refuses ${what} with a clear error, and writes nothing`, async () => {
        const answer = await code(store().append(movement('a', 1, more)))
        expect(answer).toMatch(/^invalid: /)
        expect(answer).toMatch(message)
        expect(await store().readEntity(account('a'))).toEqual([])
      })
  })

  describe('reading', () => {
    it('finds nothing of an entity that never was', async () => {
      expect(await store().readEntity(account('nobody'))).toEqual([])
      expect(await store().load(account('nobody'))).toMatchObject({ version: 0, position: 0, events: [] })
    })

    it('gives the last event of each entity, or null, in the order asked', async () => {
      await store().append(movement('a', 1))
      await store().append(movement('a', 2))
      await store().append(movement('b', 3))
      const last = await store().lastEvents([account('b'), account('nobody'), account('a')])
      expect(last.map((event) => event && cents([event])[0])).toEqual([3, null, 2])
    })

    it('reads an entity of thousands of events whole', async () => {
      const events: LedgerEvent[] = Array.from({ length: 500 }, (_, i) => ({
        type: 'moved',
        data: { cents: i },
      }))
      for (let i = 0; i < 5; i++) await store().append(movement('long', 0, { events }))
      const read = await store().readEntity(account('long'))
      expect(read.map((event) => event.version)).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1))
    })

    it('reads a topic from after an entry', async () => {
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
    const move = (id: string, amount: number, commandId = `m-${++commands}`) =>
      execute(store(), balance, account(id), { move: amount }, { commandId })

    it('never overdraws an account however many withdraw at once', async () => {
      await move('a', 50)
      const settled = await Promise.allSettled(Array.from({ length: 8 }, () => move('a', -10)))
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
      const total = (await store().readEntity(account('a'))).reduce(
        (sum, event) => sum + (event.type === 'moved' ? event.data.cents : 0),
        0,
      )
      expect(total).toBe(0)
    })

    it('does not decide a command again that was carried out', async () => {
      const first = await move('a', 50, 'once')
      const before = decisions
      expect(await move('a', 50, 'once')).toMatchObject({
        version: first.version,
        position: first.position,
        repeated: true,
        events: [],
      })
      expect(decisions).toBe(before)
    })

    it('writes nothing when nothing is to be done, and answers where the entity stands', async () => {
      const { version, position } = await move('a', 50)
      expect(await move('a', 0)).toMatchObject({ version, position, events: [], state: { cents: 50 } })
    })

    it('carries out a command only at the version it was meant for, unless it asks for what is so already', async () => {
      const move = (amount: number, expectedVersion: number, commandId = `m-${++commands}`) =>
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

    it('starts from a snapshot once a history is long, and never from one of another revision', async () => {
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

    it('does not use a snapshot of a history that is not in the log', async () => {
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
