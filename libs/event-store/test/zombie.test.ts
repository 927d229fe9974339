import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'
import { membersOnRedis, reorderings } from './member-processes.ts'
import { expectRowsEqualFold } from './rows.ts'

const { redis, members } = membersOnRedis()

test('a member that was frozen past its lease continues nothing when it wakes, and nothing is skipped', async () => {
  const store = openStore(redis().url)
  await store.ready()
  const zombie = members.start()
  await eventually(async () => expect(await members.told(zombie)).toMatchObject({ owned: 8, rows: 16 }))
  const healthy = members.start()
  await eventually(async () => expect(await members.told(healthy)).toMatchObject({ owned: 4, rows: 8 }))

  let stop = false
  let appended = 0
  const appending = (async () => {
    while (!stop) {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => store.append(movement(`e-${(appended + i) % 100}`, 1))),
      )
      appended += 20
    }
  })()
  await eventually(async () => expect(await redis().client.xlen('seen')).toBeGreaterThan(500))
  zombie.kill('SIGSTOP')
  // The other takes over what the frozen one holds, reads and rows alike.
  await eventually(async () => expect(await members.told(healthy)).toMatchObject({ owned: 8, rows: 16 }))
  zombie.kill('SIGCONT')
  // It notices by its own clock, or is refused; then it is given its share again.
  for (const member of [healthy, zombie])
    await eventually(async () => expect(await members.told(member)).toMatchObject({ owned: 4, rows: 8 }))
  const { fenced } = await members.told(zombie)
  stop = true
  await appending

  await eventually(async () => {
    const lag = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
    expect(lag.reduce((sum, each) => sum + each.lag, 0)).toBe(0)
  })
  const seen = await members.seen()
  const distinct = [...seen.values()].reduce((sum, versions) => sum + new Set(versions).size, 0)
  console.log(`appended ${appended}, distinct ${distinct}, refused ${fenced}, reordered ${reorderings(seen)}`)
  expect(distinct).toBe(appended)
  expect(reorderings(seen)).toBe(0)
  await expectRowsEqualFold(redis().client, store)
  await store.close()
})
