import { describe, expect, test } from 'vitest'
import type { RawEntry } from '../log/entry.ts'
import { entryOf } from '../redis/wire.ts'
import { objectsInMemory } from '../testing/objects-in-memory.ts'
import { archivedLog } from './archived-log.ts'
import { chainOf } from './chain.ts'
import { compact } from './compact.ts'
import type { Objects } from './objects.ts'
import { segmentWriter, type WrittenSegment } from './segment.ts'
import { sealedName } from './segment-names.ts'
import { verifyArchive } from './verify-archive.ts'

const at = { topic: 'account', partition: 3 }
const events = 1_000

function entry(position: number): RawEntry {
  const event = `moved account-${position % 10} event-${position} 1 ${position} - {"c":"c-${position}"}`
  return [`${1_000 + position}-0`, ['event/2', event, 'data', JSON.stringify({ cents: position })]]
}
const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, k) => entry(from + k))

async function segment(entries: readonly RawEntry[], previous: string): Promise<WrittenSegment> {
  const writer = segmentWriter(at, previous)
  for (const raw of entries) await writer.add(raw, entryOf(raw))
  return writer.end()
}

/** Seals `count` segments of so many events each, behind what is there. */
async function seal(objects: Objects, count: number, each: number): Promise<void> {
  for (let k = 0; k < count; k++) {
    const end = await chainOf(objects, at).end()
    const written = await segment(upTo(end.last + each, end.last + 1), end.chain)
    expect(await chainOf(objects, at).add(written)).toBe(true)
  }
}

async function entriesOf(objects: Objects): Promise<RawEntry[]> {
  const entries: RawEntry[] = []
  for await (const page of chainOf(objects, at).entries()) entries.push(...page)
  return entries
}

const names = (objects: Objects) => objects.list('account/', { limit: 100_000 })
const putTogether = (objects: Objects) => compact({ objects, entryOf, events }, at)

describe('small segments', () => {
  test('are put together when there are many, and the archive is the same: entries, end and chain', async () => {
    const objects = objectsInMemory()
    await seal(objects, 63, 10)
    expect(await putTogether(objects)).toBe(0)
    await seal(objects, 1, 10)
    const end = await chainOf(objects, at).end()
    expect(await putTogether(objects)).toBe(63)
    expect(await names(objects)).toHaveLength(1)
    expect(await chainOf(objects, at).end()).toEqual({ ...end, ...(await chainOf(objects, at).end()) })
    expect((await chainOf(objects, at).end()).chain).toBe(end.chain)
    expect(await entriesOf(objects)).toEqual(upTo(640))
    await seal(objects, 3, 10)
    expect(await entriesOf(objects)).toEqual(upTo(670))
    expect(await verifyArchive(objects, at)).toEqual({ segments: 4, events: 670, last: 670, problem: null })
  })

  test('are few however many were sealed, and none has more events than it may', async () => {
    const objects = objectsInMemory()
    for (let round = 0; round < 20; round++) {
      await seal(objects, 64, 3)
      await putTogether(objects)
    }
    const sizes: number[] = []
    for await (const { header } of chainOf(objects, at).segments()) sizes.push(header.count)
    expect(sizes.length).toBeLessThanOrEqual(5)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(events)
    expect(await entriesOf(objects)).toEqual(upTo(20 * 64 * 3))
  })

  // Before the first step, after it, between two segments that are removed, before the last.
  test.each([0, 1, 2, 40, 70])('are whole when a crash comes after %i steps', async (most) => {
    const objects = objectsInMemory()
    await seal(objects, 70, 10)
    let left = most
    const step = <T>(work: () => Promise<T>) => {
      if (left-- > 0) return work()
      throw new Error('it has ended here')
    }
    const ending: Objects = {
      ...objects,
      create: (name, bytes) => step(() => objects.create(name, bytes)),
      remove: (name) => step(() => objects.remove(name)),
    }
    await expect(putTogether(ending)).rejects.toThrow('it has ended here')
    expect(await entriesOf(objects)).toEqual(upTo(700))
    expect((await chainOf(objects, at).end()).last).toBe(700)
    await seal(objects, 64, 1)
    await putTogether(objects)
    expect(await entriesOf(objects)).toEqual(upTo(764))
    expect(await names(objects)).toHaveLength(1)
  })

  test('that a frozen member writes late, in place of one that was put together, change nothing', async () => {
    const objects = objectsInMemory()
    await seal(objects, 30, 10)
    const end = await chainOf(objects, at).end()
    const late = await segment(upTo(350, 301), end.chain)
    await seal(objects, 34, 10)
    await putTogether(objects)
    expect(await objects.create(sealedName(at, 301), late.bytes)).toBe(true)
    expect((await chainOf(objects, at).end()).last).toBe(640)
    expect(await entriesOf(objects)).toEqual(upTo(640))
    await seal(objects, 64, 5)
    await putTogether(objects)
    expect(await entriesOf(objects)).toEqual(upTo(960))
    expect(await names(objects)).toHaveLength(1)
  })

  test('are found by who reads entries of them, also while they are put together', async () => {
    const objects = objectsInMemory()
    await seal(objects, 64, 10)
    const log = archivedLog(objects, entryOf, 1)
    expect((await log.entry(at, '1300-0'))?.position).toBe(300)
    await putTogether(objects)
    expect((await log.entry(at, '1301-0'))?.position).toBe(301)
    expect((await log.upTo(at, '1405-0', 20)).map(({ position }) => position)).toEqual(
      Array.from({ length: 20 }, (_, k) => 386 + k),
    )
    const page = await log.page(at, { after: '1500-0' }, 1_000)
    expect(page.map(({ position }) => position)).toEqual(Array.from({ length: 140 }, (_, k) => 501 + k))
    await seal(objects, 10, 10)
    expect((await log.page(at, { first: '1640-0' }, 1_000)).length).toBe(101)
  })

  test('show a change in what was put together to who reads the next', async () => {
    const objects = objectsInMemory()
    await seal(objects, 65, 10)
    await putTogether(objects)
    await seal(objects, 1, 10)
    const [merged = ''] = (await names(objects)).filter((name) => name.includes('-'))
    const entries = upTo(650)
    entries[99] = ['1100-0', ['event/2', 'moved somebody event-100 1 100 - {}', 'data', '{}']]
    const other = await segment(entries, '')
    await objects.replace(merged, other.bytes)
    expect((await verifyArchive(objects, at)).problem).toMatch(/it continues the chain .*, expected/)
  })
})
