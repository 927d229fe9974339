// Consumer groups over both parts of the log: one that is far behind reads the archive until it has caught up with Redis.
import { AppError } from '@ordershop/core'
import { partitionName } from '../event.ts'
import type { GroupReader, Groups, ReadFrom } from '../groups/groups.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import type { ArchivedLog } from './archived-log.ts'
import type { AskHotStart } from './hot-start.ts'
import { seamOf } from './seam.ts'

type Arrived = Awaited<ReturnType<GroupReader['read']>>[number]

/** Groups as if nothing had been trimmed. */
export function groupsThrough(groups: Groups, archived: ArchivedLog, hotStart: AskHotStart): Groups {
  const seam = seamOf(archived, hotStart)
  return {
    ...groups,

    async range(at, from, last, count) {
      const range = await seam.whole(at, from, count, await groups.range(at, from, last, count))
      return range.filter(({ entryId }) => compareEntryIds(entryId, last) <= 0)
    },

    reader: (reconnected) => readerThrough(groups.reader(reconnected), seam, hotStart),
  }
}

function readerThrough(
  reader: GroupReader,
  seam: ReturnType<typeof seamOf>,
  hotStart: AskHotStart,
): GroupReader {
  /** Partitions that are read from the archive. */
  const behind = new Set<string>()

  async function fromArchive({ at, after }: ReadFrom, count: number): Promise<Arrived> {
    const entries = await seam.trimmed(at, { after }, count)
    // Behind the last one that was trimmed Redis has all.
    if (entries.length === 0) behind.delete(partitionName(at))
    return { at, entries }
  }

  /** What Redis has given, unless it begins behind events that were trimmed: then those come first. */
  async function unlessBehind(from: readonly ReadFrom[], arrived: Arrived, count: number): Promise<Arrived> {
    const { at, entries } = arrived
    const asked = from.find((one) => partitionName(one.at) === partitionName(at)) as ReadFrom
    const first = entries.find(({ position }) => !Number.isNaN(position))
    if (!first || first.position === asked.position + 1) return arrived
    const start = await hotStart(at)
    // A gap where nothing was trimmed is another history: that is for the owner to see.
    if (asked.position >= start.trimmed) return arrived
    behind.add(partitionName(at))
    const page = await fromArchive(asked, count)
    if (page.entries.length > 0) return page
    throw new AppError(
      'internal',
      `read ${partitionName(at)}: events behind position ${asked.position} were trimmed from Redis up to position ${start.trimmed}, expected them in the archive`,
    )
  }

  return {
    ...reader,

    async read(from, count, blockMs) {
      const cold = from.filter(({ at }) => behind.has(partitionName(at)))
      const hot = from.filter((one) => !cold.includes(one))
      const [arrived, ...archivedPages] = await Promise.all([
        // Who has something to do already does not wait for more.
        hot.length > 0 ? reader.read(hot, count, cold.length > 0 ? 1 : blockMs) : [],
        ...cold.map((one) => fromArchive(one, count)),
      ])
      const hotPages = await Promise.all(arrived.map((one) => unlessBehind(hot, one, count)))
      return [...hotPages, ...archivedPages]
    },
  }
}
