// One log of two parts, read over the seam between them.
import type { PartitionId } from '../event.ts'
import type { RangeStart } from '../groups/groups.ts'
import type { LogEntry } from '../log/entry.ts'
import type { ArchivedLog } from './archived-log.ts'
import { type AskHotStart, type HotStart, isTrimmed } from './hot-start.ts'

/** Reads over both parts of the log. What Redis has lost is never read: it is asked each time where it begins. */
export function seamOf(archived: Pick<ArchivedLog, 'page'>, hotStart: AskHotStart) {
  async function before(at: PartitionId, from: RangeStart, count: number, start: HotStart) {
    const page = isTrimmed(startId(from), start) ? await archived.page(at, from, count) : []
    return page.filter(({ entryId }) => isTrimmed(entryId, start))
  }

  return {
    /** What was trimmed from here on, `count` entries at most; `[]` where Redis has all that follows. */
    trimmed: async (at: PartitionId, from: RangeStart, count: number): Promise<readonly LogEntry[]> =>
      before(at, from, count, await hotStart(at)),

    /** What was trimmed from here on, and behind it what Redis has given before this is called. */
    async whole(
      at: PartitionId,
      from: RangeStart,
      count: number,
      hot: readonly LogEntry[],
    ): Promise<readonly LogEntry[]> {
      const start = await hotStart(at)
      if (!isTrimmed(startId(from), start)) return hot
      const rest = hot.filter(({ entryId }) => !isTrimmed(entryId, start))
      return [...(await before(at, from, count, start)), ...rest].slice(0, count)
    },
  }
}

const startId = (from: RangeStart) => ('first' in from ? from.first : from.after)
