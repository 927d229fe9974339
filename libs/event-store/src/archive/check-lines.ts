// Whether a segment's lines are what its header says of them.
import { createHash } from 'node:crypto'
import type { RawEntry } from '../log/entry.ts'
import { wordsIn } from '../log/words.ts'
import { entryOfLine } from './line.ts'
import type { Part, SegmentHeader } from './segment.ts'

const newline = 0x0a

/** What is wrong with a header, or `undefined`. @param blocks the lines of each block. */
export function checkLines(header: SegmentHeader, blocks: readonly Buffer[]): string | undefined {
  const { parts, counts } = partsOf(header.parts, blocks)
  if (JSON.stringify(parts) !== JSON.stringify(header.parts))
    return 'its entries are not those that its header names'
  for (const [k, { count, first, first_entry }] of header.blocks.entries()) {
    const begins = entryOfLine(firstLine(blocks[k] as Buffer))
    const met = [counts[k], begins[0], positionOf(begins) ?? first]
    const said = [count, first_entry, first]
    if (met.join() !== said.join()) return `block ${k} has ${met.join(', ')}, expected ${said.join(', ')}`
  }
  const last = entryOfLine(lastLine(blocks.at(-1) as Buffer))
  const met = [sum(counts), header.blocks[0]?.first_entry, last[0], eventIdOf(last), positionOf(last)]
  const said = [header.count, header.first_entry, header.last_entry, header.last_event, header.last]
  return met.join() === said.join() ? undefined : `it has ${met.join(', ')}, expected ${said.join(', ')}`
}

/** The lines again cut into parts, and how many each block has. */
function partsOf(expected: readonly Part[], blocks: readonly Buffer[]): { parts: Part[]; counts: number[] } {
  const parts: Part[] = []
  const counts: number[] = []
  let hash = createHash('sha256')
  let lines = 0
  for (const block of blocks) {
    let [start, count] = [0, 0]
    for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, end + 1)) {
      count++
      lines++
      if (lines < (expected[parts.length]?.count ?? Number.POSITIVE_INFINITY)) continue
      parts.push({ count: lines, sha256: hash.update(block.subarray(start, end + 1)).digest('hex') })
      hash = createHash('sha256')
      start = end + 1
      lines = 0
    }
    hash.update(block.subarray(start))
    counts.push(count)
  }
  if (lines > 0) parts.push({ count: lines, sha256: hash.digest('hex') })
  return { parts, counts }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const firstLine = (block: Buffer) => block.subarray(0, block.indexOf(newline)).toString()
const lastLine = (block: Buffer) => block.subarray(block.lastIndexOf(newline, -2) + 1, -1).toString()

// A segment ends with an event.
const eventIdOf = (entry: RawEntry) => wordsIn(entry)?.eventId
const positionOf = (entry: RawEntry) => wordsIn(entry)?.position
