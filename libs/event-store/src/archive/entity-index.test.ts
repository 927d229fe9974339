import { expect, test } from 'vitest'
import type { PartitionId } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import { entryOf } from '../redis/wire.ts'
import { objectsInMemory } from '../testing/objects-in-memory.ts'
import { archivedLog } from './archived-log.ts'
import { chainOf } from './chain.ts'
import { recordBytes, runOf } from './index-run.ts'
import { runsThere } from './runs.ts'
import { entityHash, segmentWriter } from './segment.ts'
import { runName } from './segment-names.ts'
import { writeIndex } from './write-index.ts'

const at: PartitionId = { topic: 'account', partition: 0 }
const all = { trimmed: Number.MAX_SAFE_INTEGER, firstEntry: '99999999-0' }

/** An archive of segments of these entities, an event each; `''` is an entry that somebody else wrote. */
async function archiveOf(...segments: readonly string[][]) {
  const objects = objectsInMemory()
  const last = new Map<string, string>()
  let [position, entry] = [0, 0]
  for (const entities of segments) {
    const writer = segmentWriter(at, (await chainOf(objects, at).end()).chain)
    for (const entity of entities) {
      const id = `${++entry}-0`
      const words = `moved ${entity} event-${entry} 1 ${position + 1} ${last.get(entity) ?? '-'} {"c":"c"}`
      const raw: RawEntry = entity === '' ? [id, ['a', 'b']] : [id, ['event/2', words, 'data', '{}']]
      if (entity !== '') position++
      last.set(entity, id)
      await writer.add(raw, entryOf(raw))
    }
    await chainOf(objects, at).add(await writer.end())
  }
  return objects
}
const ids = (count: number) => Array.from({ length: count }, (_, k) => `entity-${k}`)
const positionIn = async (
  objects: Awaited<ReturnType<typeof archiveOf>>,
  entity: string,
  upTo = all,
  after = 0,
) => (await archivedLog(objects, entryOf).lastOf(at, entity, upTo, after))?.position ?? null

test('the last event of an entity is found in segments that have no run yet', async () => {
  const objects = await archiveOf(['a', 'b', 'a'], ['c', 'a'], ['b', 'd'])
  expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((one) => positionIn(objects, one)))).toEqual([
    5,
    6,
    4,
    7,
    null,
  ])
})

test('it is found among entries that have no position', async () => {
  const objects = await archiveOf(['', 'a', '', '', 'b'], ['a', '', 'c'])
  expect(await Promise.all(['a', 'b', 'c'].map((one) => positionIn(objects, one)))).toEqual([3, 2, 4])
})

test('of events behind where the log was trimmed the one before counts', async () => {
  const objects = await archiveOf(['a', 'b', 'a'], ['c', 'a'], ['a'])
  expect(await positionIn(objects, 'a', { trimmed: 4, firstEntry: '5-0' })).toBe(3)
  expect(await positionIn(objects, 'a', { trimmed: 4, firstEntry: '5-0' }, 3)).toBeNull()
  expect(await positionIn(objects, 'c', { trimmed: 3, firstEntry: '4-0' })).toBeNull()
})

test('it is found by the index as without it, while runs are made and put together', async () => {
  const part = (from: number) => ids(20_000).slice(from, from + 5_000)
  const segments = [...part(0), ...part(5_000), ...part(10_000), ...part(15_000)]
  const objects = await archiveOf(segments, ['entity-3', 'x'])
  await writeIndex(objects, entryOf, at)
  expect(await objects.list('account/0/index/', { limit: 10 })).toEqual([runName(at, 1, 20_000)])
  expect(await positionIn(objects, 'entity-3')).toBe(20_001)
  expect(await positionIn(objects, 'entity-19999')).toBe(20_000)
  expect(await positionIn(objects, 'nobody')).toBeNull()
})

test('many runs are put together, and have what each had', async () => {
  const objects = await archiveOf(...Array.from({ length: 17 }, (_, k) => [...ids(16_384), `only-${k}`]))
  await writeIndex(objects, entryOf, at)
  const length = 16_385
  expect(await objects.list('account/0/index/', { limit: 10 })).toEqual([
    runName(at, 16 * length + 1, 17 * length),
    runName(at, 1, 16 * length),
  ])
  expect(await positionIn(objects, 'only-3')).toBe(4 * length)
  expect(await positionIn(objects, 'entity-0')).toBe(16 * length + 1)
  await writeIndex(objects, entryOf, at)
  expect(await objects.list('account/0/index/', { limit: 10 })).toHaveLength(2)
}, 60_000)

test('a log of any length has few runs for its length, and each look reads one object of a run', async () => {
  const sizes = { fewest: 4, short: 8, fanIn: 4 }
  const objects = await archiveOf(
    ...Array.from({ length: 300 }, (_, k) => [`only-${k}`, `entity-${k % 7}`, `entity-${k % 50}`, 'all']),
  )
  await writeIndex(objects, entryOf, at, sizes)
  const { runs, covered } = await runsThere(objects, at)
  expect(covered).toEqual([])
  expect(runs.map(({ parts }) => parts.length)).toEqual([64, 4, 4, 1, 1, 1])
  const reads: string[] = []
  const watched = {
    ...objects,
    async read(...args: Parameters<typeof objects.read>) {
      reads.push(args[0])
      return objects.read(...args)
    },
  }
  for (let k = 0; k < 300; k += 13) expect(await positionIn(watched, `only-${k}`)).toBe(4 * k + 1)
  expect(await positionIn(watched, 'all')).toBe(1_200)
  expect(await positionIn(watched, 'entity-49')).toBe(4 * 299 + 3)
  expect(await positionIn(watched, 'nobody')).toBeNull()
  const parts = new Set(reads.filter((name) => name.includes('-of-64')))
  expect(parts.size).toBeLessThan(40)
  await writeIndex(objects, entryOf, at, sizes)
  expect((await runsThere(objects, at)).runs).toEqual(runs)
})

test('a run of which a part is missing does not count, and is written again', async () => {
  const sizes = { fewest: 4, short: 8, fanIn: 4 }
  const objects = await archiveOf(
    ...Array.from({ length: 64 }, (_, k) => [`a-${k}`, `b-${k}`, `c-${k}`, 'd']),
  )
  let left = 3
  const dying = {
    ...objects,
    async create(...args: Parameters<typeof objects.create>) {
      if (args[0].includes('-of-') && left-- === 0) throw new Error('killed')
      return objects.create(...args)
    },
  }
  await expect(writeIndex(dying, entryOf, at, sizes)).rejects.toThrow('killed')
  expect(await positionIn(objects, 'a-0')).toBe(1)
  expect(await positionIn(objects, 'd')).toBe(256)
  await writeIndex(objects, entryOf, at, sizes)
  await writeIndex(objects, entryOf, at, sizes)
  const { runs, covered } = await runsThere(objects, at)
  expect(covered).toEqual([])
  expect(runs.at(-1)?.last).toBe(256)
  for (let k = 0; k < 64; k++) expect(await positionIn(objects, `b-${k}`)).toBe(4 * k + 2)
})

test('an entity is found although a later one has the same hash', async () => {
  const objects = await archiveOf(['a', 'b', 'a', 'b'])
  // As if `b` had the hash of `a`: the run has only the last position of the two.
  const record = Buffer.alloc(recordBytes)
  entityHash('a').copy(record)
  record.writeBigUInt64BE(4n, 8)
  await objects.create(runName(at, 1, 4), runOf(record))
  expect(await positionIn(objects, 'a')).toBe(3)
})
