// Keeps the index of a partition short: runs for the segments that have none, and few of them.
import type { PartitionId } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { merged, type Records, readRun, runOf } from './index-run.ts'
import type { Objects } from './objects.ts'
import { segmentDirectory } from './segment-directory.ts'
import { recordsOf } from './segment-index.ts'
import { listed, type NamedSegment, runName, runsOf } from './segment-names.ts'

/** Events that segments must have to be worth a run. */
export const fewestEvents = 16_384
/** A run of more stays as it is. */
const longEvents = 65_536
/** So many runs are put together: 1 Mi events at most, of which 16 MiB of records are in memory. */
const fanIn = 16

/**
 * Makes runs for the segments of a partition that have none, unless they are few events, and puts runs together. A crash,
 * or another one at it, leaves runs that say the same, which are removed the next time.
 *
 * @returns the position up to which there are runs.
 * @throws AppError as reading and writing segments do.
 */
export async function writeIndex(
  objects: Objects,
  entryOf: (raw: RawEntry) => LogEntry,
  at: PartitionId,
): Promise<number> {
  const { segments: runs, covered } = await listed(objects, runsOf(at))
  for (const { name } of covered) await objects.remove(name)
  const indexed = runs.at(-1)?.last ?? 0
  let begun: { first: number; records: Records } | undefined
  for (const segment of await segmentDirectory(objects).behind(at, indexed)) {
    const records = await recordsOf(objects, segment, entryOf)
    // Put together with others meanwhile: the next time will do.
    if (!records) break
    begun = {
      first: begun?.first ?? (runs.at(-1)?.last ?? 0) + 1,
      records: begun ? merged(begun.records, records) : records,
    }
    const { last } = segment.header
    if (last - begun.first + 1 < fewestEvents) continue
    await write(objects, at, begun.first, last, begun.records)
    runs.push({ name: runName(at, begun.first, last), first: begun.first, last })
    begun = undefined
    await mergeRuns(objects, at, runs)
  }
  return runs.at(-1)?.last ?? 0
}

/** Puts the newest runs together, if they are enough and not long yet; `runs` is what there is then. */
async function mergeRuns(objects: Objects, at: PartitionId, runs: NamedSegment[]): Promise<void> {
  const from = runs.findLastIndex((run) => lengthOf(run) > longEvents) + 1
  const taken = runs.slice(from)
  if (taken.length < fanIn) return
  const [first, last] = [taken[0]?.first ?? 0, taken.at(-1)?.last ?? 0]
  let records: Records = Buffer.alloc(0)
  for (const { name } of taken) {
    const read = await readRun(objects, name)
    if (!read) return
    records = merged(records, read)
  }
  await write(objects, at, first, last, records)
  for (const { name } of taken) await objects.remove(name)
  runs.splice(from, taken.length, { name: runName(at, first, last), first, last })
}

const lengthOf = ({ first, last = first }: NamedSegment) => last - first + 1

const write = (objects: Objects, at: PartitionId, first: number, last: number, records: Records) =>
  objects.create(runName(at, first, last), runOf(records))
