// Two processes that remember what they decided last, and decide about the same accounts.
import { type AppError, AppError as Refusal } from '@ordershop/core'
import { execute, executeAll } from '@ordershop/event-store'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { account, cents, type LedgerEvent } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'

const moved = (amount: number): LedgerEvent => ({ type: 'moved', data: { cents: amount } })
const balance = {
  revision: 'balance/1',
  initialState: () => ({ cents: 0 }),
  decide(by: number, state: { cents: number }) {
    if (state.cents + by < 0) throw new Refusal('conflict', 'not enough')
    return [moved(by)]
  },
  evolve: (state: { cents: number }, event: LedgerEvent) => ({
    cents: state.cents + (event.type === 'moved' ? event.data.cents : 0),
  }),
}

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

test('two writers that remember never overdraw an account, and lose no transfer between two', async () => {
  const writers = [openStore(redis.url), openStore(redis.url)] as const
  await Promise.all(writers.map((writer) => writer.ready()))
  const inBank = { key: 'bank', topic: 'account' }
  const names = ['ada', 'bob']
  const refused = (error: AppError) => void expect(error.code).toBe('conflict')
  let commands = 0
  const cause = () => ({ commandId: `command-${++commands}` })
  for (const name of names) await execute(writers[0], balance, { ...inBank, entityId: name }, 200, cause())
  const withdraw = async (writer: (typeof writers)[number], n: number) => {
    for (let i = 0; i < 60; i++) {
      const ends = i % 2 ? names : names.toReversed()
      const [from = '', to = ''] = ends
      if (i % 3 === 0)
        await execute(writer, balance, { ...inBank, entityId: from }, -(n + 1), cause()).catch(refused)
      else
        await executeAll(
          writer,
          inBank,
          [
            { entityId: from, decider: balance },
            { entityId: to, decider: balance },
          ],
          ([payer]) => [balance.decide(-5, payer), [moved(5)]],
          cause(),
        ).catch(refused)
    }
  }
  await Promise.all([0, 1, 2, 3].map((n) => withdraw(writers[(n % 2) as 0 | 1], n)))
  const totals = await Promise.all(
    names.map(async (name) => {
      let sum = 0
      for (const amount of cents(await writers[0].readEntity({ ...account(name), ...inBank }))) {
        sum += Number(amount)
        expect(sum).toBeGreaterThanOrEqual(0)
      }
      return sum
    }),
  )
  // 20 withdrawals by each of four, of 1 to 4 cents: whatever was refused is still there.
  expect(totals.reduce((sum, total) => sum + total, 0)).toBeGreaterThanOrEqual(400 - 20 * (1 + 2 + 3 + 4))
  const { problems } = await writers[0].ops.verify('account')
  expect(problems).toEqual([])
  await Promise.all(writers.map((writer) => writer.close()))
})
