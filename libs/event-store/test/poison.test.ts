import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '@ordershop/core/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'
import { membersOnRedis, reorderings } from './member-processes.ts'
import { expectRowsEqualFold } from './rows.ts'

const { redis, members } = membersOnRedis()
let store: ReturnType<typeof openStore>
afterEach(async () => {
  await members.endAll()
  await store.close()
  await redis().client.flushall()
})

const deadly = { key: 'deadly' }
const eventsEach = 40

/** 40 movements of each of 20 keys in 8 partitions, and a deadly one in the middle of those of `deadly`. */
async function fill(): Promise<void> {
  store = openStore(redis().url)
  await store.ready()
  for (let i = 0; i < eventsEach; i++) {
    const others = Array.from({ length: 20 }, (_, k) => store.append(movement(`good-${k}`, i)))
    await Promise.all([...others, store.append(movement('deadly', i === 20 ? 666 : i, deadly))])
  }
}

const lag = async () => {
  const lags = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
  return lags.reduce((sum, each) => sum + each.lag, 0)
}

/** Keeps one member running, as Kubernetes would, until nothing is left to do; how often it had to be restarted. */
async function restartUntilDone(poison: string): Promise<number> {
  let deaths = 0
  let over = false
  const running = (async () => {
    while (!over && deaths < 12) {
      const child = members.start(poison)
      if (poison === 'loop') void killWhenSilent(child)
      await once(child, 'exit')
      deaths++
    }
  })()
  try {
    await eventually(async () => expect(await lag()).toBe(0), { withinMs: 50_000 })
  } finally {
    over = true
    await members.endAll()
    await running
  }
  return deaths - 1
}

/** As a startup and a liveness probe: a member that has started and tells nothing for two seconds is ended. */
async function killWhenSilent(child: ChildProcess): Promise<void> {
  let hasStarted = false
  for (let silent = 0; child.exitCode === null && child.signalCode === null; ) {
    const erased = await redis().client.hdel('told', String(child.pid))
    hasStarted ||= erased > 0
    silent = hasStarted && erased === 0 ? silent + 1 : 0
    if (silent === 10) child.kill('SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function expectAllButTheDeadly(group: string): Promise<void> {
  const parked = await store.ops.parked(group, ['account'])
  expect(parked.map(({ key, events }) => ({ key, events }))).toEqual([{ key: 'deadly', events: 20 }])
  expect(parked[0]?.reason).toMatch(/its handling ended the process/)
}

describe('an event whose handler', () => {
  for (const [what, poison] of [
    ['ends the process', 'exit'],
    ['never ends', 'loop'],
    ['takes all memory', 'memory'],
  ] as const)
    test(`${what} is found after a few deaths and parked; all others are handled in order`, async () => {
      await fill()
      const deaths = await restartUntilDone(poison)
      await expectAllButTheDeadly('watchers')
      const seen = await members.seen()
      console.log(`${poison}: ${deaths} deaths, ${reorderings(seen)} reordered`)
      expect([...seen].map(([key, versions]) => [key, new Set(versions).size])).toEqual(
        expect.arrayContaining([
          ['deadly', 20],
          ...Array.from({ length: 20 }, (_, k) => [`good-${k}`, eventsEach]),
        ]),
      )
      expect(reorderings(seen)).toBe(0)
      expect(deaths).toBeLessThanOrEqual(6)
    })
})

describe('an event that', () => {
  test('ends the process of its projection is parked there, and rows are those of the others', async () => {
    await fill()
    const deaths = await restartUntilDone('fold')
    await expectAllButTheDeadly('ledger.v1')
    expect(await store.ops.parked('watchers', ['account'])).toEqual([])
    console.log(`fold: ${deaths} deaths`)
    expect(deaths).toBeLessThanOrEqual(6)
    members.start()
    await store.ops.replayParked('ledger.v1', ['account'])
    await eventually(async () => expect(await store.ops.parked('ledger.v1', ['account'])).toEqual([]))
    await expectRowsEqualFold(redis().client, store)
  })

  test('was parked, and ends the process when it is replayed, stays parked, and is replayed once for each request', async () => {
    await fill()
    await restartUntilDone('exit')
    await store.ops.replayParked('watchers', ['account'])
    const replaying = members.start('exit')
    await once(replaying, 'exit')
    const next = members.start('exit')
    await store.append(movement('good-0', 1))
    await store.append(movement('deadly', 1, deadly))
    await eventually(async () => expect(await lag()).toBe(0))
    expect(await store.ops.parked('watchers', ['account'])).toMatchObject([{ key: 'deadly', events: 21 }])
    await members.kill(next, 'SIGTERM')
    expect(next.exitCode).toBe(0)
  })
})
