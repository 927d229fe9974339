import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { objectsInMemory } from '../testing/objects-in-memory.ts'
import {
  countOf,
  findIn,
  findInRun,
  merged,
  type Records,
  readPart,
  recordBytes,
  runOf,
} from './index-run.ts'

const whole = { part: 0, parts: 1 }
const run = { name: 'run', place: whole }

const hashOf = (n: number) => createHash('sha256').update(`entity-${n}`).digest().subarray(0, 8)

/** Of entities `from` to `to`, each with a position. */
function recordsOf(from: number, to: number, position: (n: number) => number): Records {
  const records = Array.from({ length: to - from }, (_, k) => {
    const record = Buffer.alloc(recordBytes)
    hashOf(from + k).copy(record)
    record.writeBigUInt64BE(BigInt(position(from + k)), 8)
    return record
  })
  return Buffer.concat(records.sort(Buffer.compare))
}

for (const count of [1, 255, 256, 257, 20_000])
  test(`a run of ${count} records has each of them, and no other`, async () => {
    const objects = objectsInMemory()
    await objects.create('run', runOf(recordsOf(0, count, (n) => n + 1)))
    expect(await countOf(objects, 'run')).toBe(count)
    for (let n = 0; n < count; n += Math.ceil(count / 300))
      expect(await findInRun(objects, run, count, hashOf(n))).toBe(n + 1)
    for (let n = count; n < count + 300; n++)
      expect(await findInRun(objects, run, count, hashOf(n))).toBeNull()
  })

test('a run that is read in a few pages is not read as a whole', async () => {
  const objects = objectsInMemory()
  const written = runOf(recordsOf(0, 20_000, (n) => n + 1))
  await objects.create('run', written)
  let bytes = 0
  const counted: typeof objects = {
    ...objects,
    async read(...args) {
      const found = await objects.read(...args)
      bytes += found?.length ?? 0
      return found
    },
  }
  for (let n = 0; n < 100; n++) await findInRun(counted, run, 20_000, hashOf(n))
  expect(bytes / 100).toBeLessThan(written.length / 10)
})

test('of an entity that two runs have, one that is put together of them has the later position', () => {
  const both = merged([recordsOf(0, 1_000, (n) => n + 1), recordsOf(500, 1_500, (n) => n + 10_001)])
  expect(both.length / recordBytes).toBe(1_500)
  expect([499, 500, 1_499].map((n) => findIn(both, hashOf(n)))).toEqual([500, 10_501, 11_500])
  const sorted = Array.from({ length: 1_500 }, (_, k) => both.subarray(k * recordBytes, k * recordBytes + 8))
  expect(sorted.every((hash, k) => k === 0 || hash.compare(sorted[k - 1] as Buffer) > 0)).toBe(true)
})

test('of many sets that are put together each hash has the position that the newest of them knows', () => {
  const sets = Array.from({ length: 7 }, (_, set) =>
    recordsOf(100 * set, 100 * set + 300, (n) => 1_000 * set + n + 1),
  )
  const all = merged(sets)
  expect(all.length / recordBytes).toBe(900)
  for (let n = 0; n < 900; n++)
    expect(findIn(all, hashOf(n))).toBe(1_000 * Math.min(6, Math.floor(n / 100)) + n + 1)
  expect(merged([])).toHaveLength(0)
})

test('the parts of a run have together what it has, each the hashes of its range, whatever it was written in', async () => {
  const objects = objectsInMemory()
  const records = recordsOf(0, 5_000, (n) => n + 1)
  await objects.create('run', runOf(records))
  for (const parts of [1, 4, 16, 256]) {
    const found: Records[] = []
    for (let part = 0; part < parts; part++) {
      const of = (await readPart(objects, run, { part, parts })) as Records
      for (let at = 0; at < of.length; at += recordBytes)
        expect(Math.floor((of.readUInt32BE(at) / 2 ** 32) * parts)).toBe(part)
      found.push(of)
    }
    expect(Buffer.concat(found).equals(records)).toBe(true)
  }
  // A part of a part.
  const place = { part: 2, parts: 4 }
  await objects.create('third', runOf((await readPart(objects, run, place)) as Records))
  const within = await readPart(objects, { name: 'third', place }, { part: 11, parts: 16 })
  expect(within).toEqual(await readPart(objects, run, { part: 11, parts: 16 }))
})

test('a run of which any byte has changed is refused, and says that it may be removed', async () => {
  const written = runOf(recordsOf(0, 600, (n) => n + 1))
  for (let at = 0; at < written.length; at += 7) {
    const objects = objectsInMemory()
    const bytes = Buffer.from(written)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at)
    await objects.create('run', bytes)
    await expect(readPart(objects, run, whole), `byte ${at}`).rejects.toThrow(
      'remove it, and it is made again',
    )
  }
})
