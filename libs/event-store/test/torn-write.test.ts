import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mendAof, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'

let redis: RedisServer
beforeEach(async () => {
  redis = await startRedis()
})
afterEach(() => redis.stop())

/** The file that Redis appends to now. */
function appended(): string {
  const folder = join(redis.dir, 'appendonlydir')
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.incr.aof')) as string)
}

async function append(cents: number) {
  const store = openStore(redis.url)
  await store.ready()
  await store.append(movement('a', cents))
  const verified = await store.ops.verify('account')
  await store.close()
  return verified
}

describe('an append that a crash has torn in the middle of its write', () => {
  // Its effects are MULTI, XADD, HSET of the version, HSET of the head, HSET of the command, EXEC.
  for (const [what, share] of [
    ['within the last command', 0.01],
    ['between two of its commands', 0.3],
    ['within the event itself', 0.7],
    ['at its very beginning', 0.99],
  ] as const)
    test(`is gone after the restart, and after the next, when torn ${what}`, async () => {
      await append(1)
      const whole = statSync(appended()).size
      await append(2)
      await redis.kill()
      const torn = statSync(appended()).size - whole
      truncateSync(appended(), whole + Math.ceil(torn * (1 - share)))
      await redis.restart()
      expect(await append(3)).toMatchObject({ events: 2, problems: [] })
      await redis.kill()
      await redis.restart()
      expect(await append(4)).toMatchObject({ events: 3, problems: [] })
    })

  test('leaves nothing of its effects in the file, wherever it is torn', async () => {
    await append(1)
    const whole = statSync(appended()).size
    await append(2)
    await redis.kill()
    const file = appended()
    const bytes = readFileSync(file)
    // Before MULTI is whole Redis itself cuts at the right place.
    for (let cut = whole + '*1\r\n$5\r\nMULTI\r\n'.length; cut < bytes.length; cut += 5) {
      writeFileSync(file, bytes.subarray(0, cut))
      mendAof(redis.dir)
      expect([cut, statSync(file).size]).toEqual([cut, whole])
    }
  })
})

test('an append-only file that is broken in its middle is not cut', async () => {
  await append(1)
  await append(2)
  await redis.kill()
  const broken = readFileSync(appended())
  broken[broken.indexOf('XADD') - 1] = 0
  writeFileSync(appended(), broken)
  mendAof(redis.dir)
  expect(readFileSync(appended()).equals(broken)).toBe(true)
})
