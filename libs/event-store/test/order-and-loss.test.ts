import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { folderObjects } from '@ordershop/event-store'
import { afterAll, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'
import { membersOnRedis, reorderings } from './member-processes.ts'
import { expectRowsEqualFold } from './rows.ts'

const events = 20_000
const entities = 500
const { redis, members } = membersOnRedis()

const archives = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(archives, { recursive: true, force: true }))

test.each([
  ['', ''],
  [', while all but the newest 50 of each partition are trimmed from Redis', join(archives, 'trimmed')],
])(
  'members that join, crash and leave lose nothing and reorder nothing: 20,000 events of 500 entities, 8 partitions%s',
  async (_, folder) => {
    await members.endAll()
    await redis().client.flushall()
    const archive = folder === '' ? undefined : folderObjects(folder)
    const store = openStore(redis().url, archive ? { archive } : {})
    await store.ready()
    const start = () => members.start('', folder)
    const trimming =
      archive && store.archive({ objects: archive, ageMs: 200, events: 100, trim: { keepEvents: 50 } })
    const [first, second] = [start(), start(), start()]
    const disturbances: [at: number, disturb: () => unknown][] = [
      [3_000, start],
      [6_000, () => members.kill(first as never)],
      [9_000, start],
      [12_000, () => members.kill(second as never, 'SIGTERM')],
      [15_000, start],
    ]
    for (let appended = 0; appended < events; appended += 100) {
      const due = disturbances[0]
      if (due && appended >= due[0]) {
        disturbances.shift()
        // Its harm is done to members that have work in hand, so the members must have begun.
        await eventually(async () => expect(await redis().client.xlen('seen')).toBeGreaterThan(due[0] / 10), {
          withinMs: 30_000,
        })
        await due[1]()
      }
      // Faster than the members, so they come to what is trimmed already.
      if (appended % 1_000 === 0) await trimming?.sealNow()
      await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          store.append(movement(`e-${(appended + i) % entities}`, appended + i)),
        ),
      )
    }
    expect(disturbances).toHaveLength(0)

    await eventually(
      async () => {
        const lag = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
        expect(lag.reduce((sum, each) => sum + each.lag, 0)).toBe(0)
      },
      { withinMs: 45_000, everyMs: 200 },
    )
    const seen = await members.seen()
    const distinct = [...seen.values()].reduce((sum, versions) => sum + new Set(versions).size, 0)
    const handled = [...seen.values()].reduce((sum, versions) => sum + versions.length, 0)
    console.log(
      `handled ${handled}, distinct ${distinct}, redelivered ${handled - distinct}, reordered ${reorderings(seen)}`,
    )
    expect(distinct).toBe(events)
    expect(reorderings(seen)).toBe(0)
    await expectRowsEqualFold(redis().client, store)
    if (trimming) {
      await trimming.sealNow()
      const kept = await Promise.all(
        Array.from({ length: 8 }, (_, p) => redis().client.xlen(`events:{account:${p}}`)),
      )
      expect(Math.max(...kept)).toBeLessThan(300)
      expect((await store.ops.verify('account')).problems).toEqual([])
    }
    await store.close()
  },
)
