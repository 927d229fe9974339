// Keeps the index of a partition short: runs for the segments that have none, and few of them.
import type { PartitionId } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { merged, type Records, readPart, runOf } from './index-run.ts'
import type { Objects } from './objects.ts'
import { type Run, runsThere } from './runs.ts'
import { segmentDirectory } from './segment-directory.ts'
import { recordsOf } from './segment-index.ts'
import { runName } from './segment-names.ts'

/** What runs are made of. */
type IndexSizes = {
  /** Events that segments must have to be worth a run. */
  readonly fewest: number
  /** A run of at most so many is short. */
  readonly short: number
  /**
   * So many runs of a kind are put together. Of short ones one comes, in one object; of others one that has as many times
   * their parts. So the number of runs grows with the logarithm of the log's length; and so many times `short` events, 1 Mi,
   * are about what is in memory at once: 16 MiB of records, and as much again while they are put together.
   */
  readonly fanIn: number
}
export const indexSizes: IndexSizes = { fewest: 16_384, short: 65_536, fanIn: 16 }

/**
 * Makes runs for the segments of a partition that have none, unless they are few events, and puts runs together. A crash,
 * or another one at it, leaves objects that say the same, which are removed the next time.
 *
 * @returns the position up to which there are runs.
 * @throws AppError as reading and writing segments do.
 */
export async function writeIndex(
  objects: Objects,
  entryOf: (raw: RawEntry) => LogEntry,
  at: PartitionId,
  sizes = indexSizes,
): Promise<number> {
  const { runs, covered } = await runsThere(objects, at)
  for (const name of covered) await objects.remove(name)
  let begun: Records[] = []
  const indexed = () => runs.at(-1)?.last ?? 0
  for (const segment of await segmentDirectory(objects).behind(at, indexed())) {
    const records = await recordsOf(objects, segment, entryOf)
    // Put together with others meanwhile: the next time will do.
    if (!records) break
    begun.push(records)
    const [first, { last }] = [indexed() + 1, segment.header]
    if (last - first + 1 < sizes.fewest) continue
    const name = runName(at, first, last)
    await objects.create(name, runOf(merged(begun)))
    runs.push({ first, last, parts: [name] })
    begun = []
    await mergeRuns(objects, at, runs, sizes)
  }
  return indexed()
}

/** Puts the newest runs together while they are enough of a kind; `runs` is what there is then. */
async function mergeRuns(objects: Objects, at: PartitionId, runs: Run[], sizes: IndexSizes): Promise<void> {
  const isShort = ({ first, last }: Run) => last - first + 1 <= sizes.short
  const kindOf = (run: Run) => (isShort(run) ? 0 : run.parts.length)
  for (let newest = runs.at(-1); newest; newest = runs.at(-1)) {
    const kind = kindOf(newest)
    const from = runs.findLastIndex((run) => kindOf(run) !== kind) + 1
    const taken = runs.slice(from, from + sizes.fanIn)
    if (taken.length < sizes.fanIn) return
    const one = await putTogether(objects, at, taken, kind === 0 ? 1 : kind * sizes.fanIn)
    if (!one) return
    for (const name of taken.flatMap(({ parts }) => parts)) await objects.remove(name)
    runs.splice(from, taken.length, one)
  }
}

/** Writes one run of several, a part after the other; `null` when one of them is gone: another one is at it. */
async function putTogether(
  objects: Objects,
  at: PartitionId,
  runs: readonly Run[],
  parts: number,
): Promise<Run | null> {
  const [first, last] = [runs[0]?.first ?? 0, runs.at(-1)?.last ?? 0]
  const names: string[] = []
  for (let part = 0; part < parts; part++) {
    const found: Records[] = []
    for (const run of runs) {
      // Of each run one object has the whole range of the part: it has as many parts, or fewer.
      const place = { part: Math.floor((part / parts) * run.parts.length), parts: run.parts.length }
      const records = await readPart(
        objects,
        { name: run.parts[place.part] as string, place },
        { part, parts },
      )
      if (!records) return null
      found.push(records)
    }
    const name = runName(at, first, last, { part, parts })
    await objects.create(name, runOf(merged(found)))
    names.push(name)
  }
  return { first, last, parts: names }
}
