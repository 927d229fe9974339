import type { AppError } from '@ordershop/core'
import { describe, expect, test } from 'vitest'
import { account, cents, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: AppError) => `${error.code}: ${error.message}`,
  )

/** What may be appended, and what must not. */
export function appendContract(store: TestedStore): void {
  describe('appending', () => {
    test('records events in order, with versions and positions that count from 1', async () => {
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

    test('creates an entity once without a command id, and nothing else', async () => {
      const once = { ...movement('a', 1, { expected: 0 }), commandId: null }
      expect(await store().append(once)).toMatchObject({ version: 1, repeated: false })
      await expect(store().append(once)).rejects.toMatchObject({ code: 'conflict' })
      await store().append({ ...once, entityId: 'b' })
      const more = { ...once, expected: 1 }
      expect(await code(store().append(more))).toContain('commandId is null, expected one')
      expect(await store().readEntity(account('a'))).toHaveLength(1)
    })

    test('gives every event its whole envelope', async () => {
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

    test('lets one event of an append have a cause of its own', async () => {
      const own = {
        type: 'moved',
        data: { cents: 1 },
        cause: { correlationId: 'own', causationId: 'why' },
      } as const
      const both = [own, { type: 'closed', data: {} }] as const
      await store().append(movement('a', 0, { correlationId: 'all', actor: 'ann', events: both }))
      const events = await store().readEntity(account('a'))
      expect(events.map((event) => event.correlation_id)).toEqual(['own', 'all'])
      expect(events[0]?.causation_id).toBe('why')
      expect(events.map((event) => event.actor)).toEqual([undefined, 'ann'])
    })

    test('stores the same command id once, and answers what it answered then', async () => {
      const command = movement('a', 5, { expected: 0 })
      const answer = await store().append(command)
      await store().append(movement('a', 6))
      expect(await store().append(command)).toEqual({ ...answer, repeated: true })
      expect(cents(await store().readEntity(account('a')))).toEqual([5, 6])
    })

    test('stores the same command once when it is sent twice at the same time', async () => {
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

    test('takes the id of a command for one entity only, and never answers another with what it did', async () => {
      const toAda = movement('ada', 5, { key: 'branch' })
      await store().append(toAda)
      const toBob = { ...toAda, entityId: 'bob' }
      const refusal = `invalid: append to account bob: '${toAda.commandId}' was used for account ada, expected a command id of its own`
      expect(await code(store().append(toBob))).toBe(refusal)
      expect(await code(store().load({ ...account('bob'), key: 'branch' }, toAda))).toBe(refusal)
      expect(await store().readEntity({ ...account('bob'), key: 'branch' })).toEqual([])
    })

    test('takes one id in two partitions for two commands, and answers neither with what the other did', async () => {
      const far = Array.from({ length: 100 }, (_, i) => `far-${i}`).find(
        (id) => store().partitionOf(id) !== store().partitionOf('ada'),
      ) as string
      const toAda = movement('ada', 5)
      await store().append(toAda)
      expect(await store().append({ ...toAda, entityId: far })).toMatchObject({ version: 1, repeated: false })
      expect(await store().load(account(far), toAda)).toMatchObject({ repeated: { version: 1 } })
      expect(cents(await store().readEntity(account(far)))).toEqual([5])
    })

    test('refuses other events under the id of a command, and accepts only the same ones as a repeat', async () => {
      const moved = (amount: number) => ({ type: 'moved', data: { cents: amount } }) as const
      const command = movement('a', 0, { events: [moved(1), moved(2)] })
      const answer = await store().append(command)
      for (const events of [
        [moved(1), moved(3)],
        [moved(2)],
        [moved(1), moved(2), moved(3)],
        [moved(2), moved(1)],
      ])
        expect(await code(store().append({ ...command, events }))).toMatch(
          /^invalid: .*was used for other events of it/,
        )
      expect(await store().append({ ...command, actor: 'another attempt' })).toEqual({
        ...answer,
        repeated: true,
      })
      expect(cents(await store().readEntity(account('a')))).toEqual([1, 2])
    })

    test('says that an entity exists already, even if the same command would now create it differently', async () => {
      const command = movement('a', 1, { expected: 0 })
      await store().append(command)
      const otherwise = store().append({ ...command, events: [{ type: 'moved', data: { cents: 2 } }] })
      expect(await code(otherwise)).toMatch(/^conflict: .*version 1, expected 0/)
    })

    test('refuses, of appends that travel together, the one that takes the command id of another', async () => {
      const toAda = movement('ada', 5, { key: 'branch' })
      const settled = await Promise.allSettled([
        store().append(toAda),
        store().append({ ...toAda, entityId: 'bob' }),
        store().append(toAda),
      ])
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await store().readEntity({ ...account('ada'), key: 'branch' })).toHaveLength(1)
    })

    test('refuses another version than the expected one, and writes nothing', async () => {
      await store().append(movement('a', 1))
      expect(await code(store().append(movement('a', 2, { expected: 0 })))).toMatch(
        /^conflict: .*version 1, expected 0/,
      )
      expect(await code(store().append(movement('a', 2, { expected: 5 })))).toMatch(
        /^conflict: .*version 1, expected 5/,
      )
      expect(cents(await store().readEntity(account('a')))).toEqual([1])
    })

    test('takes the token of a state for exactly that state', async () => {
      const { token } = await store().load(account('a'))
      const first = await store().append(movement('a', 1, { expected: token }))
      expect((await store().load(account('a'))).token).toBe(first.token)
      expect(await code(store().append(movement('a', 2, { expected: token })))).toMatch(
        /^conflict: .*version 1, expected 0@/,
      )
      const second = await store().append(movement('a', 2, { expected: first.token }))
      expect(second).toMatchObject({ version: 2 })
      expect(second.token).not.toBe(first.token)
    })

    test('refuses the token of another history, though its version number is the same', async () => {
      const { token } = await store().append(movement('a', 1))
      const other = '1@1-1'
      expect(await code(store().append(movement('a', 2, { expected: other })))).toBe(
        `conflict: append to account a: it is at version ${token}, expected ${other}`,
      )
      expect(cents(await store().readEntity(account('a')))).toEqual([1])
    })

    test('confirms a state that is still so, and no other', async () => {
      const nothing = await store().load(account('a'))
      await store().confirm(account('a'), nothing.token)
      const { token } = await store().append(movement('a', 1))
      await store().confirm(account('a'), token)
      expect(await code(store().confirm(account('a'), nothing.token))).toMatch(/^conflict: /)
      expect(await code(store().confirm(account('a'), '1@1-1'))).toMatch(/^conflict: /)
      expect(await store().readEntity(account('a'))).toHaveLength(1)
    })

    test('lets one of many concurrent appends at the same version win, and none be lost', async () => {
      const racing = Array.from({ length: 20 }, (_, i) => store().append(movement('a', i, { expected: 0 })))
      const settled = await Promise.allSettled(racing)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await store().readEntity(account('a'))).toHaveLength(1)
    })

    test('does not let a conflict fail the appends that travel with it', async () => {
      await store().append(movement('a', 1))
      const settled = await Promise.allSettled([
        store().append(movement('a', 2, { expected: 0 })),
        store().append(movement('a', 3, { expected: 1 })),
        store().append(movement('a', 4, { expected: 2 })),
      ])
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    })

    test('keeps positions contiguous in every partition', async () => {
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

    test('puts everything of a key into one partition, whatever the entity', async () => {
      const appends = await Promise.all(
        Array.from({ length: 10 }, (_, i) => store().append(movement(`e-${i}`, i, { key: 'together' }))),
      )
      expect(new Set(appends.map(({ partition }) => partition))).toEqual(
        new Set([store().partitionOf('together')]),
      )
      const [event] = await store().readEntity({ ...account('e-3'), key: 'together' })
      expect(event).toMatchObject({ entity_id: 'e-3', key: 'together', version: 1 })
    })

    test('accepts an entity called anything', async () => {
      for (const id of ['#', '0@', 'a|b', 'ä €', '{x}', ' ', 'head'])
        expect(await store().append(movement(id, 1, { expected: 0 }))).toMatchObject({ version: 1 })
      expect(await store().readEntity(account('a|b'))).toHaveLength(1)
    })
  })

  describe('bad input', () => {
    const withData = (data: unknown) => ({
      events: [{ type: 'noted', data: data as { text: string } } as const],
    })
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const nested = (depth: number) => {
      let data: unknown = 'deep'
      for (let k = 0; k < depth; k++) data = [data]
      return data
    }
    const refused: [string, Parameters<typeof movement>[2], RegExp][] = [
      ['an unknown topic', { topic: 'acount' }, /topic is 'acount', expected one of account, note/],
      ['an empty entity id', { entityId: '' }, /entityId is "", expected 1 to 256 characters/],
      ['a command id that is too long', { commandId: 'x'.repeat(257) }, /commandId is .*expected 1 to 256/],
      ['a negative version', { expected: -1 }, /expected version is -1/],
      ['a token that none is', { expected: '3' }, /token is "3", expected one that load or append gave/],
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
        'data that JSON does not have',
        withData({ text: 1n }),
        /expected data that JSON can hold, got: .*BigInt/,
      ],
      ['data that holds itself', withData(circular), /expected data that JSON can hold, got: .*circular/],
      [
        'data nested without end',
        withData(nested(100_000)),
        /expected data that JSON can hold, got: .*stack/,
      ],
      ['no data', withData(undefined), /expected data that JSON can hold, got: undefined/],
      [
        'more than 1 MiB in all',
        { events: Array(17).fill({ type: 'noted', data: { text: 'x'.repeat(65_000) } }) },
        /expected at most 1048576/,
      ],
    ]
    for (const [what, more, message] of refused)
      test(`refuses ${what} with a clear error, and writes nothing`, async () => {
        const answer = await code(store().append(movement('a', 1, more)))
        expect(answer).toMatch(/^invalid: /)
        expect(answer).toMatch(message)
        expect(await store().readEntity(account('a'))).toEqual([])
      })
  })
}
