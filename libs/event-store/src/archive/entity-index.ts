// Finds an entity's last event in the archive: by the runs of the index, and the segments that no run is about yet.
import { LRUCache } from 'lru-cache'
import { type PartitionId, partitionName } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { countOf, findIn, findInRun, type Records } from './index-run.ts'
import type { Objects } from './objects.ts'
import { partWith, type Run, runsThere } from './runs.ts'
import { type FoundSegment, Gone, type SegmentDirectory } from './segment-directory.ts'
import { recordsOf } from './segment-index.ts'

/** Objects of runs whose number of records is remembered. */
const runsRemembered = 10_000
/** Bytes of segments' records in memory. */
const recordsBytes = 8 * 1024 * 1024
/** So many segments without a run are a reason to look whether they have one by now. */
const manySegments = 8

/** Runs and segments that are looked into at once, the newest. */
const firstLooks = 2

type Listing = { runs: readonly Run[]; segments: readonly FoundSegment[]; last: number }

export function entityIndex(
  objects: Objects,
  directory: SegmentDirectory,
  entryOf: (raw: RawEntry) => LogEntry,
) {
  const listings = new Map<string, Promise<Listing>>()
  const counts = new LRUCache<string, number>({ max: runsRemembered })
  const records = new LRUCache<string, Records>({
    maxSize: recordsBytes,
    sizeCalculation: ({ length }) => length + 200,
  })

  async function list(at: PartitionId): Promise<Listing> {
    const { runs } = await runsThere(objects, at)
    const segments = await directory.behind(at, runs.at(-1)?.last ?? 0)
    return { runs, segments, last: segments.at(-1)?.header.last ?? runs.at(-1)?.last ?? 0 }
  }

  /** What there is, to at least a position. */
  async function listing(at: PartitionId, upTo: number): Promise<Listing> {
    const name = partitionName(at)
    const known = await listings.get(name)
    if (known && known.last >= upTo) return known
    const fresh = list(at)
    listings.set(name, fresh)
    fresh.catch(() => listings.delete(name))
    return fresh
  }

  async function inRun(run: Run, hash: Buffer): Promise<number | null> {
    const object = partWith(run, hash)
    const { name } = object
    const count = counts.get(name) ?? (await countOf(objects, name))
    const found = count === null ? undefined : await findInRun(objects, object, count, hash)
    if (count === null || found === undefined) throw new Gone(name)
    counts.set(name, count)
    return found
  }

  async function inSegment(segment: FoundSegment, hash: Buffer): Promise<number | null> {
    const known = records.get(segment.name) ?? (await recordsOf(objects, segment, entryOf))
    if (!known) throw new Gone(segment.name)
    records.set(segment.name, known)
    return findIn(known, hash)
  }

  return {
    /**
     * The position of the last archived event of an entity with this hash that is behind `after`, of those up to `upTo`
     * at least; `null` when there is none. It may be of another entity with the same hash.
     */
    async lastPosition(
      at: PartitionId,
      hash: Buffer,
      { after, upTo }: { after: number; upTo: number },
    ): Promise<number | null> {
      const { runs, segments } = await listing(at, upTo)
      const newestFirst = [
        ...runs.filter(({ last }) => last > after).map((run) => () => inRun(run, hash)),
        ...segments.filter(({ header }) => header.last > after).map((one) => () => inSegment(one, hash)),
      ].reverse()
      if (segments.length > manySegments) listings.delete(partitionName(at))
      // Most that are asked for have not been cold for long; twice as many at once each time, for those that have.
      for (let from = 0, count = firstLooks; from < newestFirst.length; from += count, count *= 2) {
        const found = await Promise.all(newestFirst.slice(from, from + count).map((look) => look()))
        const last = Math.max(...found.map((position) => position ?? 0))
        if (last > 0) return last > after ? last : null
      }
      return null
    },
    /** Has everything listed anew when it is next asked. */
    forget: (at: PartitionId) => void listings.delete(partitionName(at)),
  }
}
