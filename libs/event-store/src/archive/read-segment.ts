// Reads the file of a segment, and believes nothing that its bytes do not show.
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { AppError } from '@ordershop/core'
import type { RawEntry } from '../log/entry.ts'
import { checkLines } from './check-lines.ts'
import { entryOfLine } from './line.ts'
import type { Objects } from './objects.ts'
import { type SegmentHeader, segmentForm, sha256 } from './segment.ts'
import { skippableContent } from './skippable.ts'

const decompress = promisify(zstdDecompress)

/** Room for most blocks, in bytes, so that one is decompressed by one call. */
const blockRoom = 256 * 1024

/** Read first of a segment: its header, unless it has some hundred blocks or parts. */
const headerGuess = 64 * 1024

/** A segment's header, and the bytes of its frame. */
export type ReadHeader = { readonly header: SegmentHeader; readonly size: number }

/** A segment that was read and checked as a whole; `blocks` are the lines of its entries. */
export type ReadSegment = { readonly header: SegmentHeader; readonly blocks: readonly Buffer[] }

/** The header of a segment; `null` when there is no such object. @throws AppError `invalid` when it is no segment. */
export async function readHeader(objects: Objects, name: string): Promise<ReadHeader | null> {
  let bytes = await objects.read(name, { start: 0, count: headerGuess })
  if (!bytes) return null
  const size = skippableContent(Buffer.from(bytes))?.size ?? 0
  if (size + 8 > headerGuess) bytes = await objects.read(name, { start: 0, count: size + 8 })
  return headerOf(name, bytes ?? new Uint8Array())
}

function headerOf(name: string, bytes: Uint8Array): ReadHeader {
  const frame = skippableContent(Buffer.from(bytes))
  if (!frame || frame.content.length < frame.size) throw broken(name, 'it does not begin with a header')
  let header: SegmentHeader
  try {
    header = JSON.parse(frame.content.toString())
  } catch (error) {
    throw broken(name, `its header is no JSON: ${(error as Error).message}`)
  }
  if (header.form !== segmentForm)
    throw broken(name, `its form is '${header.form}', expected '${segmentForm}'`)
  return { header, size: frame.size + 8 }
}

/** A whole segment whose bytes are those that were written. @throws AppError `invalid` that says what is not. */
export async function readSegment(objects: Objects, name: string): Promise<ReadSegment | null> {
  const bytes = await objects.read(name)
  if (!bytes) return null
  const { header, size } = headerOf(name, bytes)
  const { blocks, sha256: expected, index } = header
  const end = size + blocks.reduce((sum, block) => sum + block.bytes, 0)
  const body = Buffer.from(bytes.subarray(size, end))
  if (sha256(body) !== expected) throw broken(name, 'its blocks are not those that its header names')
  const rest = bytes.subarray(end)
  if (rest.length !== index.bytes || sha256(rest) !== index.sha256)
    throw broken(name, 'its index is not the one that its header names')
  let start = 0
  const lines = await Promise.all(
    blocks.map((block, k) => {
      const frame = body.subarray(start, start + block.bytes)
      start += block.bytes
      return linesOf(name, k, frame)
    }),
  )
  const wrong = checkLines(header, lines)
  if (wrong) throw broken(name, wrong)
  return { header, blocks: lines }
}

/** The entries of a segment, in the order of the log, one block after the other. */
export function* entriesOf({ blocks }: Pick<ReadSegment, 'blocks'>): Generator<readonly RawEntry[]> {
  for (const lines of blocks) yield parsed(lines)
}

const parsed = (lines: Buffer) => lines.toString().slice(0, -1).split('\n').map(entryOfLine)

function linesOf(name: string, block: number, frame: Uint8Array): Promise<Buffer> {
  return decompress(frame, { chunkSize: blockRoom }).catch((error: Error) => {
    throw broken(name, `block ${block} cannot be decompressed: ${error.message}`)
  })
}

/**
 * One block by itself; `null` when there is no such object any more. Its own checksum is looked at, not that of the segment.
 *
 * @throws AppError `invalid` when it is not as it was written.
 */
export async function readBlock(
  objects: Objects,
  { name, header, start }: { name: string; header: SegmentHeader; start: number },
  index: number,
): Promise<readonly RawEntry[] | null> {
  const before = header.blocks.slice(0, index).reduce((sum, { bytes }) => sum + bytes, start)
  const { bytes: count, count: expected } = header.blocks[index] as SegmentHeader['blocks'][number]
  const frame = await objects.read(name, { start: before, count })
  if (!frame) return null
  const entries = parsed(await linesOf(name, index, frame))
  if (entries.length !== expected)
    throw broken(name, `block ${index} has ${entries.length} entries, expected ${expected}`)
  return entries
}

export function broken(name: string, why: string): AppError {
  return new AppError('invalid', `archive: segment ${name}: ${why}`)
}
