// What the objects of a partition's segments and of its index are called, and which segments are its archive.
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

/** Which part of a run of the index, from 0, of how many: each has the hashes of a range, and all ranges are as long. */
export type PartOf = { readonly part: number; readonly parts: number }

const whole: PartOf = { part: 0, parts: 1 }

/** A part of a run of the index, by the positions of the first and the last event that the run is about. */
export const runName = (at: PartitionId, first: number, last: number, { part, parts } = whole) =>
  `${runsOf(at)}${down(first)}-${down(last)}${parts === 1 ? '' : `.${part}-of-${parts}`}.idx`

/** What the name of a part of a run says; `undefined` for one that is not of a run. */
export function readRunName(
  name: string,
): (PartOf & { readonly name: string; readonly first: number; readonly last: number }) | undefined {
  const [, first, last, part = 0, parts = 1] =
    /\/(\d{15})-(\d{15})(?:\.(\d{1,9})-of-(\d{1,9}))?\.idx$/.exec(name) ?? []
  if (first === undefined) return undefined
  const place = { part: Number(part), parts: Number(parts) }
  return { name, first: highest - Number(first), last: highest - Number(last), ...place }
}

/** A segment as its name tells of it; `last` only where it was put together of others. */
export type NamedSegment = { readonly name: string; readonly first: number; readonly last?: number }

/** What a name says; `undefined` for one that is not of a segment. */
export function readName(name: string): NamedSegment | undefined {
  const [, first, last] = /\/(\d{15})(?:-(\d{15}))?\.zst$/.exec(name) ?? []
  if (first === undefined) return undefined
  const named = { name, first: highest - Number(first) }
  return last === undefined ? named : { ...named, last: highest - Number(last) }
}

const namesPerList = 10_000

/** The names of all objects in a folder. */
export async function namesIn(objects: Objects, folder: string): Promise<readonly string[]> {
  const names: string[] = []
  for (;;) {
    const last = names.at(-1)
    const from = last === undefined ? {} : { after: last }
    const page = await objects.list(folder, { ...from, limit: namesPerList })
    names.push(...page)
    if (page.length < namesPerList) return names
  }
}

/** All segments in such a folder, sorted out. */
export async function listed(objects: Objects, folder: string): Promise<ReturnType<typeof sortedOut>> {
  return sortedOut(await namesIn(objects, folder))
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
