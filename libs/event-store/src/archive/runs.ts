// The runs of a partition's index: which there are, and which count.
import type { PartitionId } from '../event.ts'
import type { Objects } from './objects.ts'
import { namesIn, type PartOf, readRunName, runsOf } from './segment-names.ts'

/** A run: the last events of entities as of the events from `first` to `last`, in objects by ranges of the hash. */
export type Run = { readonly first: number; readonly last: number; readonly parts: readonly string[] }

/** Which part of a run of so many has the hash that is at some byte. */
export const partOf = (hash: Buffer, parts: number, at = 0): number =>
  Math.floor((hash.readUInt32BE(at) / 2 ** 32) * parts)

/** The object of a run that has a hash, and which part it is. */
export function partWith(run: Run, hash: Buffer): { name: string; place: PartOf } {
  const part = partOf(hash, run.parts.length)
  return { name: run.parts[part] as string, place: { part, parts: run.parts.length } }
}

/**
 * The runs that count, oldest first; and the objects that may go, because another run has what is in them. A run of which
 * a part is missing does not count: whoever wrote it has died, or is at it.
 */
export async function runsThere(
  objects: Objects,
  at: PartitionId,
): Promise<{ runs: Run[]; covered: readonly string[] }> {
  const named = (await namesIn(objects, runsOf(at))).flatMap((name) => readRunName(name) ?? [])
  const groups = Map.groupBy(named, ({ first, last, parts }) => `${first} ${last} ${parts}`)
  const complete = [...groups.values()].flatMap((found): Run[] => {
    const inOrder = found.toSorted((a, b) => a.part - b.part)
    const [one] = inOrder
    if (inOrder.length !== one?.parts) return []
    return [{ first: one.first, last: one.last, parts: inOrder.map(({ name }) => name) }]
  })
  // Of those that begin together, the longest first.
  complete.sort((a, b) => a.first - b.first || b.last - a.last)
  const runs: Run[] = []
  for (const run of complete) if (run.first > (runs.at(-1)?.last ?? 0)) runs.push(run)
  const counts = new Set(runs.flatMap(({ parts }) => parts))
  const isCovered = ({ first, last }: Pick<Run, 'first' | 'last'>) =>
    runs.some((run) => run.first <= first && run.last >= last)
  const covered = named.filter((one) => !counts.has(one.name) && isCovered(one))
  return { runs, covered: covered.map(({ name }) => name) }
}
