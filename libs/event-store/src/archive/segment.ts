// The file of a segment, docs/archive-format.md: a header, blocks of entries, an index. Blocks are zstd frames and the
// rest are frames that zstd skips, so `zstd -dc` prints the entries of a segment, and nothing else.
import { createHash, hash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { PartitionId } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { lineOf } from './line.ts'
import { skippable } from './skippable.ts'

/** The mark of this form of a file. */
export const segmentForm = 'ordershop-segment/1'

/** What a segment says of itself; keys as in the file. */
export type SegmentHeader = {
  readonly form: typeof segmentForm
  readonly topic: string
  readonly partition: number
  /** Positions of the first and the last event. */
  readonly first: number
  readonly last: number
  /** Entries, those without a position included. */
  readonly count: number
  /** Entry ids of the first and the last entry. */
  readonly first_entry: string
  readonly last_entry: string
  /** Event id of the last event. */
  readonly last_event: string
  /** The chain up to the segment before, see `chainAfter`; '' for the first. */
  readonly previous: string
  /** As it was sealed: one part, or, where segments were put together, one for each of them, in their order. */
  readonly parts: readonly Part[]
  /** Blocks lie one behind the other, behind the header. */
  readonly blocks: readonly BlockPlace[]
  /** SHA-256 of all blocks. */
  readonly sha256: string
  /** Of the frame behind the blocks: its bytes, and their SHA-256. */
  readonly index: { readonly bytes: number; readonly sha256: string }
}

/** `count` entries, and the SHA-256 of their lines, the ends of the lines included. */
export type Part = { readonly count: number; readonly sha256: string }

type BlockPlace = {
  readonly bytes: number
  readonly count: number
  /** Position and entry id of its first entry; where that has no position, the one before. */
  readonly first: number
  readonly first_entry: string
}

/** A segment as it was written. */
export type WrittenSegment = { readonly header: SegmentHeader; readonly bytes: Uint8Array }

/**
 * What the segment behind this one names as its `previous`: of part after part, the SHA-256 of the chain so far and the
 * part's own, both as hex. So it says what was archived, in which portions, and stays the same when they are put together.
 */
export function chainAfter({ previous, parts }: Pick<SegmentHeader, 'previous' | 'parts'>): string {
  return parts.reduce((chain, part) => sha256(Buffer.from(chain + part.sha256)), previous)
}

/** Bytes of entries in a block before it is compressed: what is read for one entity at least. */
const blockBytes = 128 * 1024
const compress = promisify(zstdCompress)

/** Takes the entries of one segment, in the order of the log, and compresses them block by block. */
export function segmentWriter({ topic, partition }: PartitionId, previous: string) {
  const blocks: BlockPlace[] = []
  const compressed: Buffer[] = []
  const lastOf = new Map<string, number>()
  const parts: Part[] = []
  let part = { from: 0, lines: createHash('sha256') }
  // Lines of the block at hand that are in the hash of a part that has ended.
  let hashed = 0
  let lines: string[] = []
  let chars = 0
  let allChars = 0
  let blockFirst = { first: 0, first_entry: '' }
  let count = 0
  let [first, last] = [0, 0]
  let [firstEntry, lastEntry, lastEvent] = ['', '', '']

  async function endBlock(): Promise<void> {
    const text = Buffer.from(asText(lines))
    part.lines.update(hashed === 0 ? text : asText(lines.slice(hashed)))
    hashed = 0
    const place = { count: lines.length, ...blockFirst }
    lines = []
    chars = 0
    const frame = await compress(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
    compressed.push(frame)
    blocks.push({ bytes: frame.length, ...place })
  }

  function endPart(): void {
    if (count === part.from) return
    part.lines.update(asText(lines.slice(hashed)))
    hashed = lines.length
    parts.push({ count: count - part.from, sha256: part.lines.digest('hex') })
    part = { from: count, lines: createHash('sha256') }
  }

  return {
    /** What comes next was sealed by itself. */
    endPart,
    /** Entries taken so far. */
    count: () => count,
    /** Their characters. */
    chars: () => allChars,

    /** @param raw as the store spells it. @param entry the same, read. */
    async add(raw: RawEntry, entry: LogEntry): Promise<void> {
      const line = lineOf(raw)
      if (!Number.isNaN(entry.position)) {
        last = entry.position
        first ||= last
        lastEvent = entry.eventId
      }
      if (lines.length === 0) blockFirst = { first: last || 1, first_entry: entry.entryId }
      firstEntry ||= entry.entryId
      lastEntry = entry.entryId
      lastOf.set(entry.entityId, count)
      count++
      lines.push(line)
      chars += line.length
      allChars += line.length
      if (chars >= blockBytes) await endBlock()
    },

    async end(): Promise<WrittenSegment> {
      endPart()
      if (lines.length > 0) await endBlock()
      const body = Buffer.concat(compressed)
      const index = skippable(indexOf(lastOf))
      const header: SegmentHeader = {
        ...{ form: segmentForm, topic, partition, first, last, count },
        ...{ first_entry: firstEntry, last_entry: lastEntry, last_event: lastEvent, previous, parts },
        ...{ blocks, sha256: sha256(body), index: { bytes: index.length, sha256: sha256(index) } },
      }
      const json = Buffer.from(JSON.stringify(header))
      return { header, bytes: Buffer.concat([skippable(json), body, index]) }
    },
  }
}

const asText = (lines: readonly string[]) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`)

export type SegmentWriter = ReturnType<typeof segmentWriter>

/** One record for each entity, in the order of their bytes: `entityHash`, then which entry is its last one, from 0, in four bytes. */
function indexOf(lastOf: ReadonlyMap<string, number>): Buffer {
  const records = [...lastOf].map(([entity, entry]) => {
    const record = Buffer.alloc(12)
    entityHash(entity).copy(record)
    record.writeUInt32BE(entry, 8)
    return record
  })
  return Buffer.concat(records.sort(Buffer.compare))
}

/** The first eight bytes of the SHA-256 of an entity's id: two entities may have the same. */
export function entityHash(entity: string): Buffer {
  return hash('sha256', entity, 'buffer').subarray(0, 8)
}

export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}
