import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { objectsInMemory } from '../testing/objects-in-memory.ts'
import { countOf, findIn, findInRun, merged, type Records, readRun, recordBytes, runOf } from './index-run.ts'

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
      expect(await findInRun(objects, 'run', count, hashOf(n))).toBe(n + 1)
    for (let n = count; n < count + 300; n++)
      expect(await findInRun(objects, 'run', count, hashOf(n))).toBeNull()
  })

test('a run that is read in a few pages is not read as a whole', async () => {
  const objects = objectsInMemory()
  const run = runOf(recordsOf(0, 20_000, (n) => n + 1))
  await objects.create('run', run)
  let bytes = 0
  const counted: typeof objects = {
    ...objects,
    async read(...args) {
      const found = await objects.read(...args)
      bytes += found?.length ?? 0
      return found
    },
  }
  for (let n = 0; n < 100; n++) await findInRun(counted, 'run', 20_000, hashOf(n))
  expect(bytes / 100).toBeLessThan(run.length / 10)
})

test('of an entity that two runs have, one that is put together of them has the later position', () => {
  const both = merged(
    recordsOf(0, 1_000, (n) => n + 1),
    recordsOf(500, 1_500, (n) => n + 10_001),
  )
  expect(both.length / recordBytes).toBe(1_500)
  expect([499, 500, 1_499].map((n) => findIn(both, hashOf(n)))).toEqual([500, 10_501, 11_500])
  const sorted = Array.from({ length: 1_500 }, (_, k) => both.subarray(k * recordBytes, k * recordBytes + 8))
  expect(sorted.every((hash, k) => k === 0 || hash.compare(sorted[k - 1] as Buffer) > 0)).toBe(true)
})

test('a run of which any byte has changed is refused, and says that it may be removed', async () => {
  const run = runOf(recordsOf(0, 600, (n) => n + 1))
  for (let at = 0; at < run.length; at += 7) {
    const objects = objectsInMemory()
    const bytes = Buffer.from(run)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at)
    await objects.create('run', bytes)
    await expect(readRun(objects, 'run'), `byte ${at}`).rejects.toThrow('remove it, and it is made again')
  }
})
