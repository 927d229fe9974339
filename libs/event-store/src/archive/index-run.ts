// A run of the index: the last events of entities in a stretch of the log, docs/archive-format.md. It is made of segments,
// and can be made again: who loses it loses time.
import { crc32 } from 'node:zlib'
import type { Objects } from './objects.ts'
import { broken } from './read-segment.ts'
import { partOf } from './runs.ts'
import type { PartOf } from './segment-names.ts'

/** Records of 16 bytes, sorted: the hash of an entity's id, and the position of its last event, big-endian. */
export type Records = Buffer

export const recordBytes = 16
export const hashBytes = 8

const recordsPerPage = 256
const pageBytes = recordsPerPage * recordBytes + 4
const mark = Buffer.from('OSINDEX1')
const headBytes = 20

/** The file of a run: a head, and pages of records, each with its checksum behind it. */
export function runOf(records: Records): Buffer {
  const head = Buffer.alloc(headBytes)
  mark.copy(head)
  head.writeBigUInt64BE(BigInt(records.length / recordBytes), 8)
  head.writeUInt32BE(crc32(head.subarray(0, 16)), 16)
  const pages: Buffer[] = [head]
  for (let start = 0; start < records.length; start += recordsPerPage * recordBytes) {
    const page = records.subarray(start, start + recordsPerPage * recordBytes)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(page))
    pages.push(page, sum)
  }
  return Buffer.concat(pages)
}

/** How many records a run has; `null` when there is no such object. @throws AppError `invalid` when it is no run. */
export async function countOf(objects: Objects, name: string): Promise<number | null> {
  const bytes = await objects.read(name, { start: 0, count: headBytes })
  if (!bytes) return null
  const head = Buffer.from(bytes)
  if (
    head.length < headBytes ||
    !head.subarray(0, 8).equals(mark) ||
    crc32(head.subarray(0, 16)) !== head.readUInt32BE(16)
  )
    throw brokenRun(name, 'it does not begin as one')
  return Number(head.readBigUInt64BE(8))
}

/** Records of some pages, `to` exclusive; `null` when there is no such object. @throws AppError `invalid` when one is not as written. */
async function readPages(
  objects: Objects,
  name: string,
  count: number,
  [from, to]: readonly [number, number],
): Promise<Records | null> {
  const bytes = await objects.read(name, {
    start: headBytes + from * pageBytes,
    count: (to - from) * pageBytes,
  })
  if (!bytes) return null
  const found = Buffer.from(bytes)
  const pages: Buffer[] = []
  for (let page = from; page < to; page++) {
    const size = Math.min(recordsPerPage, count - page * recordsPerPage) * recordBytes
    const start = (page - from) * pageBytes
    const records = found.subarray(start, start + size)
    if (found.length < start + size + 4 || crc32(records) !== found.readUInt32BE(start + size))
      throw brokenRun(name, `page ${page} is not as it was written`)
    pages.push(records)
  }
  return Buffer.concat(pages)
}

const pagesOf = (count: number) => Math.ceil(count / recordsPerPage)

/** An object of a run, and which part of the run it is. */
export type RunObject = { readonly name: string; readonly place: PartOf }

/** What is looked for in an object: where it should be, from 0 to 1, and whether a record is before it or behind it. */
type Wanted = {
  readonly from: number
  readonly to: number
  readonly isBefore: (records: Records, at: number) => boolean
  readonly isBehind: (records: Records, at: number) => boolean
}

/**
 * The records of an object that are wanted, and some before and behind them; `null` when there is no such object. Hashes
 * are spread evenly, so one read where they should be finds them nearly always.
 */
async function readNear(
  objects: Objects,
  name: string,
  count: number,
  { from, to, isBefore, isBehind }: Wanted,
): Promise<Records | null> {
  const pages = pagesOf(count)
  for (let spread = 1 + Math.ceil((1.5 * Math.sqrt(count)) / recordsPerPage); ; spread *= 4) {
    const first = Math.max(0, Math.floor(from * pages) - spread)
    const end = Math.min(pages, Math.floor(to * pages) + spread + 1)
    const records = await readPages(objects, name, count, [first, end])
    if (!records) return null
    const hasFirst = first === 0 || isBefore(records, 0)
    const hasLast = end === pages || isBehind(records, records.length - recordBytes)
    if (hasFirst && hasLast) return records
  }
}

/** Those records of an object that a part of a run has, which may be another run; `null` when there is no such object. */
export async function readPart(
  objects: Objects,
  { name, place }: RunObject,
  { part, parts }: PartOf,
): Promise<Records | null> {
  const count = await countOf(objects, name)
  if (count === null) return null
  const within = (fraction: number) => fraction * place.parts - place.part
  const records = await readNear(objects, name, count, {
    from: within(part / parts),
    to: within((part + 1) / parts),
    isBefore: (found, at) => partOf(found, parts, at) < part,
    isBehind: (found, at) => partOf(found, parts, at) > part,
  })
  if (!records) return null
  const from = firstWhere(records, (at) => partOf(records, parts, at) >= part)
  const to = firstWhere(records, (at) => partOf(records, parts, at) > part)
  return records.subarray(from, to)
}

/** The position that an object of a run has for a hash; `null` when it has none, `undefined` when there is no such object. */
export async function findInRun(
  objects: Objects,
  { name, place }: RunObject,
  count: number,
  hash: Buffer,
): Promise<number | null | undefined> {
  const where = (hash.readUInt32BE(0) / 2 ** 32) * place.parts - place.part
  const records = await readNear(objects, name, count, {
    from: where,
    to: where,
    isBefore: (found, at) => compareHash(found, at, hash, 0) < 0,
    isBehind: (found, at) => compareHash(found, at, hash, 0) > 0,
  })
  return records ? findIn(records, hash) : undefined
}

/** Where the first record begins of which something is so, as it is of all behind it; the end where it is of none. */
function firstWhere(records: Records, isSo: (at: number) => boolean): number {
  let [low, high] = [0, records.length / recordBytes]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(middle * recordBytes)) high = middle
    else low = middle + 1
  }
  return low * recordBytes
}

/** The highest position that some records have for a hash. */
export function findIn(records: Records, hash: Buffer): number | null {
  const start = firstWhere(records, (at) => compareHash(records, at, hash, 0) > 0) - recordBytes
  if (start < 0 || compareHash(records, start, hash, 0) !== 0) return null
  return Number(records.readBigUInt64BE(start + hashBytes))
}

/** Sorted sets of records as one, the oldest first. Of a hash that several have, the record of the newest alone. */
export function merged(sets: readonly Records[]): Records {
  let left = [...sets]
  // By twos, so that each record is copied a few times, however many sets there are.
  while (left.length > 1)
    left = left.flatMap((older, k) => {
      if (k % 2 === 1) return []
      const newer = left[k + 1]
      return [newer ? mergedTwo(older, newer) : older]
    })
  return left[0] ?? Buffer.alloc(0)
}

function mergedTwo(older: Records, newer: Records): Records {
  const out = Buffer.allocUnsafeSlow(older.length + newer.length)
  const to = new Uint32Array(out.buffer)
  const [olderWords, newerWords] = [wordsOf(older), wordsOf(newer)]
  let [a, b, end] = [0, 0, 0]
  // By words: a call of `copy` for each record takes longer than all the rest.
  const take = (from: Uint32Array, at: number) => {
    for (let word = at / 4; word < (at + recordBytes) / 4; word++) to[end++] = from[word] as number
  }
  while (a < older.length && b < newer.length) {
    const order = compareHash(older, a, newer, b)
    if (order < 0) take(olderWords, a)
    if (order <= 0) a += recordBytes
    if (order <= 0) continue
    take(newerWords, b)
    b += recordBytes
  }
  let size = end * 4
  size += older.copy(out, size, a)
  size += newer.copy(out, size, b)
  return out.subarray(0, size)
}

/** The same bytes as words of four, which must begin at a multiple of four. */
function wordsOf(records: Records): Uint32Array {
  const aligned = records.byteOffset % 4 === 0 ? records : new Uint8Array(records)
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}

function compareHash(a: Buffer, atA: number, b: Buffer, atB: number): number {
  return a.readUInt32BE(atA) - b.readUInt32BE(atB) || a.readUInt32BE(atA + 4) - b.readUInt32BE(atB + 4)
}

/** A run may be removed, and is made again; so is its content, which says nothing that segments do not say. */
const brokenRun = (name: string, why: string) =>
  broken(name, `${why}; it is part of the index: remove it, and it is made again`)
