// The index of a segment as records: of each entity the position of its last event in the segment.
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { hashBytes, type Records, recordBytes } from './index-run.ts'
import type { Objects } from './objects.ts'
import { broken, readBlock } from './read-segment.ts'
import { sha256 } from './segment.ts'
import type { FoundSegment } from './segment-directory.ts'
import { skippableContent } from './skippable.ts'

/** As in the file: hash, then which entry it is, in four bytes. */
const inFile = hashBytes + 4

/** `null` when the segment is gone. @throws AppError `invalid` when its index is not as it was written. */
export async function recordsOf(
  objects: Objects,
  segment: FoundSegment,
  entryOf: (raw: RawEntry) => LogEntry,
): Promise<Records | null> {
  const { name, header, start } = segment
  const place = header.blocks.reduce((sum, { bytes }) => sum + bytes, start)
  const frame = await objects.read(name, { start: place, count: header.index.bytes })
  if (!frame) return null
  const content = sha256(frame) === header.index.sha256 && skippableContent(Buffer.from(frame))?.content
  if (!content) throw broken(name, 'its index is not the one that its header names')
  const positions = await positionsOf(objects, segment, entryOf)
  if (!positions) return null
  const records = Buffer.alloc((content.length / inFile) * recordBytes)
  for (let k = 0; k * inFile < content.length; k++) {
    const entry = content.readUInt32BE(k * inFile + hashBytes)
    content.copy(records, k * recordBytes, k * inFile, k * inFile + hashBytes)
    records.writeBigUInt64BE(BigInt(positions(entry)), k * recordBytes + hashBytes)
  }
  return records
}

/** The position of an entry of a segment, by its place there; entries are looked at only where some have no position. */
async function positionsOf(
  objects: Objects,
  segment: FoundSegment,
  entryOf: (raw: RawEntry) => LogEntry,
): Promise<((entry: number) => number) | null> {
  const { first, last, count, blocks } = segment.header
  if (count === last - first + 1) return (entry) => first + entry
  const positions: number[] = []
  for (const block of blocks.keys()) {
    const entries = await readBlock(objects, segment, block)
    if (!entries) return null
    for (const raw of entries) positions.push(entryOf(raw).position || 0)
  }
  return (entry) => positions[entry] as number
}
