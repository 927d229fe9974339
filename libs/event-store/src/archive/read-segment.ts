// Reads the file of a segment, and believes nothing that its hashes do not say.
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { AppError } from '@ordershop/core'
import type { RawEntry } from '../log/entry.ts'
import type { Objects } from './objects.ts'
import { entryOfLine, type SegmentHeader, segmentForm, sha256, skippableContent } from './segment.ts'

const decompress = promisify(zstdDecompress)

/** Room for most blocks, in bytes, so that one is decompressed by one call. */
const blockRoom = 256 * 1024

/** Read first of a segment: its header, unless it has more than about a thousand blocks. */
const headerGuess = 64 * 1024

/** A segment's header, and what the next one must name as its `previous`. */
export type ReadHeader = { readonly header: SegmentHeader; readonly hash: string; readonly size: number }

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
  return { header, hash: sha256(frame.content), size: frame.size + 8 }
}

/** A whole segment whose bytes are those that were written. @throws AppError `invalid` that says what is not. */
export async function readSegment(
  objects: Objects,
  name: string,
): Promise<(ReadHeader & { readonly body: Buffer }) | null> {
  const bytes = await objects.read(name)
  if (!bytes) return null
  const found = headerOf(name, bytes)
  const { blocks, sha256: expected, index } = found.header
  const end = found.size + blocks.reduce((sum, block) => sum + block.bytes, 0)
  const body = Buffer.from(bytes.subarray(found.size, end))
  if (sha256(body) !== expected) throw broken(name, 'its blocks are not those that its header names')
  const rest = bytes.subarray(end)
  if (rest.length !== index.bytes || sha256(rest) !== index.sha256)
    throw broken(name, 'its index is not the one that its header names')
  return { ...found, body }
}

/** The entries of a segment that was read, in the order of the log, one block after the other. */
export async function* entriesOf({
  header,
  body,
}: {
  header: SegmentHeader
  body: Buffer
}): AsyncGenerator<readonly RawEntry[]> {
  let start = 0
  let next: Promise<RawEntry[]> | undefined
  for (const { bytes } of header.blocks) {
    const frame = body.subarray(start, start + bytes)
    start += bytes
    const block = next
    // Decompressed beside the event loop while the one before is worked on.
    next = blockOf(frame)
    next.catch(() => {})
    if (block) yield await block
  }
  if (next) yield await next
}

async function blockOf(frame: Uint8Array): Promise<RawEntry[]> {
  const text = (await decompress(frame, { chunkSize: blockRoom })).toString()
  return text.slice(0, -1).split('\n').map(entryOfLine)
}

/**
 * One block by itself. Its own checksum is looked at, not that of the segment.
 *
 * @throws AppError `invalid` when it is not there as it was written.
 */
export async function readBlock(
  objects: Objects,
  { name, header, start }: { name: string; header: SegmentHeader; start: number },
  index: number,
): Promise<readonly RawEntry[]> {
  const before = header.blocks.slice(0, index).reduce((sum, { bytes }) => sum + bytes, start)
  const { bytes: count, count: expected } = header.blocks[index] as SegmentHeader['blocks'][number]
  const frame = await objects.read(name, { start: before, count })
  if (!frame) throw broken(name, 'it is not there any more')
  const entries = await blockOf(frame).catch((error: Error) => {
    throw broken(name, `block ${index} cannot be decompressed: ${error.message}`)
  })
  if (entries.length !== expected)
    throw broken(name, `block ${index} has ${entries.length} entries, expected ${expected}`)
  return entries
}

export function broken(name: string, why: string): AppError {
  return new AppError('invalid', `archive: segment ${name}: ${why}`)
}
