// A run of the index: the last events of entities in a stretch of the log, docs/archive-format.md. It is made of segments,
// and can be made again: who loses it loses time.
import { crc32 } from 'node:zlib'
import type { Objects } from './objects.ts'
import { broken } from './read-segment.ts'

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

/** All records of a run. */
export async function readRun(objects: Objects, name: string): Promise<Records | null> {
  const count = await countOf(objects, name)
  return count === null ? null : readPages(objects, name, count, [0, pagesOf(count)])
}

/**
 * The position that a run has for a hash; `null` when it has none, `undefined` when there is no such object.
 *
 * Hashes are spread evenly, so one read where it should be finds it nearly always.
 */
export async function findInRun(
  objects: Objects,
  name: string,
  count: number,
  hash: Buffer,
): Promise<number | null | undefined> {
  const pages = pagesOf(count)
  const guess = Math.floor((hash.readUInt32BE(0) / 2 ** 32) * pages)
  for (let spread = 1 + Math.ceil((1.5 * Math.sqrt(count)) / recordsPerPage); ; spread *= 4) {
    const [from, to] = [Math.max(0, guess - spread), Math.min(pages, guess + spread + 1)]
    const records = await readPages(objects, name, count, [from, to])
    if (!records) return undefined
    const isBehind = from === 0 || hash.compare(records, 0, hashBytes) > 0
    const last = records.length - recordBytes
    const isBefore = to === pages || hash.compare(records, last, last + hashBytes) < 0
    if (isBehind && isBefore) return findIn(records, hash)
  }
}

/** The highest position that some records have for a hash. */
export function findIn(records: Records, hash: Buffer): number | null {
  let [low, high] = [0, records.length / recordBytes]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareHash(records, middle * recordBytes, hash, 0) <= 0) low = middle + 1
    else high = middle
  }
  const start = (low - 1) * recordBytes
  if (low === 0 || compareHash(records, start, hash, 0) !== 0) return null
  return Number(records.readBigUInt64BE(start + hashBytes))
}

/** Two sorted sets of records as one. Of a hash that both have, the record of `newer` alone. */
export function merged(older: Records, newer: Records): Records {
  const out = Buffer.allocUnsafe(older.length + newer.length)
  let [a, b, end] = [0, 0, 0]
  const take = (from: Records, start: number) => {
    from.copy(out, end, start, start + recordBytes)
    end += recordBytes
  }
  while (a < older.length && b < newer.length) {
    const order = compareHash(older, a, newer, b)
    if (order < 0) take(older, a)
    if (order <= 0) a += recordBytes
    if (order <= 0) continue
    take(newer, b)
    b += recordBytes
  }
  older.copy(out, end, a)
  end += older.length - a
  newer.copy(out, end, b)
  end += newer.length - b
  return out.subarray(0, end)
}

function compareHash(a: Buffer, atA: number, b: Buffer, atB: number): number {
  return a.readUInt32BE(atA) - b.readUInt32BE(atB) || a.readUInt32BE(atA + 4) - b.readUInt32BE(atB + 4)
}

/** A run may be removed, and is made again; so is its content, which says nothing that segments do not say. */
const brokenRun = (name: string, why: string) =>
  broken(name, `${why}; it is part of the index: remove it, and it is made again`)
