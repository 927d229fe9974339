// What the objects of a partition's segments are called, and which of them are its archive.
import type { PartitionId } from '../event.ts'
import type { Objects } from './objects.ts'

// Names are in the order of their bytes, and the newest segment is looked for: so they count down.
const highest = 10 ** 15
const digits = 15
const down = (position: number) => String(highest - position).padStart(digits, '0')

/** The folder of a partition's segments. */
export const segmentsOf = ({ topic, partition }: PartitionId) => `${topic}/${partition}/segments/`

/** The object of a segment as it is sealed, by the position of its first event: `order/3/segments/999999999999999.zst`. */
export const sealedName = (at: PartitionId, first: number) => `${segmentsOf(at)}${down(first)}.zst`

/** Of segments that were put together, by the positions of the first and the last event. */
export const mergedName = (at: PartitionId, first: number, last: number) =>
  `${segmentsOf(at)}${down(first)}-${down(last)}.zst`

/** The folder of a partition's index, see `index-run.ts`. */
export const runsOf = ({ topic, partition }: PartitionId) => `${topic}/${partition}/index/`

/** A run of the index, by the positions of the first and the last event that it is about. */
export const runName = (at: PartitionId, first: number, last: number) =>
  `${runsOf(at)}${down(first)}-${down(last)}.idx`

/** A segment, or a run of the index, as its name tells of it; `last` only where it was put together of others. */
export type NamedSegment = { readonly name: string; readonly first: number; readonly last?: number }

/** What a name says; `undefined` for one that is not of a segment. */
export function readName(name: string): NamedSegment | undefined {
  const [, first, last] = /\/(\d{15})(?:-(\d{15}))?\.(?:zst|idx)$/.exec(name) ?? []
  if (first === undefined) return undefined
  const named = { name, first: highest - Number(first) }
  return last === undefined ? named : { ...named, last: highest - Number(last) }
}

const namesPerList = 10_000

/** All objects in such a folder, sorted out. */
export async function listed(objects: Objects, folder: string): Promise<ReturnType<typeof sortedOut>> {
  const names: string[] = []
  for (;;) {
    const last = names.at(-1)
    const from = last === undefined ? {} : { after: last }
    const page = await objects.list(folder, { ...from, limit: namesPerList })
    names.push(...page)
    if (page.length < namesPerList) return sortedOut(names)
  }
}

/**
 * The segments that are the archive, oldest first, and those that are not, because what they have is in one that was put
 * together of them: left over by a crash, or written late by one who did not know.
 */
export function sortedOut(names: readonly string[]): { segments: NamedSegment[]; covered: NamedSegment[] } {
  const all = names.flatMap((name) => readName(name) ?? [])
  // Of those that begin together, the longest first.
  all.sort((a, b) => a.first - b.first || (b.last ?? 0) - (a.last ?? 0))
  const segments: NamedSegment[] = []
  const covered: NamedSegment[] = []
  let upTo = 0
  for (const one of all) {
    if (one.first <= upTo) covered.push(one)
    else segments.push(one)
    upTo = Math.max(upTo, one.last ?? one.first)
  }
  return { segments, covered }
}
