// The end of the log, read once for all readers of a process.
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, describeError, errorCode } from '@ordershop/core'
import { type PartitionId, partitionName } from '../event.ts'
import type { Groups } from '../groups/groups.ts'
import type { LogEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import type { Log } from '../log/log.ts'
import type { Readable } from '../log/readable.ts'
import type { Observer } from '../observer.ts'
import { ring } from './ring.ts'

/** What all readers of a process share; one that is further behind reads pages of its own. */
const most = { entries: 4_096, bytes: 8 * 1024 * 1024 }
/** What an entry takes beside its data, about. */
const envelopeBytes = 600
const blockMs = 1_000
const countPerRead = 64

/** An entry that was read; `item` decodes it when the first reader wants it. */
export type Tailed = {
  readonly name: string
  readonly entry: LogEntry
  readonly bytes: number
  /** The partition has another history from here on. */
  readonly lost: string | undefined
  item(): Readable
}

/** A partition that is read; `after` and `position` are of the entry that was read last. */
type Line = { readonly at: PartitionId; after: string; position: number; readers: number }

/** What one reader has of it. */
export type Joined = {
  /** The next number, and where each partition was read up to before it. */
  place(): { readonly number: number; readonly ends: ReadonlyMap<string, string> }
  get(number: number): Tailed | 'gone' | undefined
  /** Resolves once something was read, or `signal` or `close` ended it. */
  more(signal: AbortSignal | undefined): Promise<void>
  readonly closed: () => boolean
  leave(): void
}

/** Reads, on one connection (on a Cluster one for each), the partitions that somebody has joined; none when nobody has. */
export function sharedTail(
  log: Pick<Log, 'end'>,
  groups: Pick<Groups, 'reader'>,
  itemOf: (at: PartitionId, entry: LogEntry) => Readable,
  observer: Observer,
) {
  const lines = new Map<string, Promise<Line>>()
  const open = new Map<string, Line>()
  const kept = ring<Tailed>(most)
  const waiting = new Set<() => void>()
  let reader: ReturnType<Groups['reader']> | undefined
  let running: Promise<void> = Promise.resolve()
  let closed = false

  function wakeReaders(): void {
    for (const wake of [...waiting]) wake()
  }

  async function begin(at: PartitionId): Promise<Line> {
    const { entryId, position } = await log.end(at)
    return { at, after: entryId, position, readers: 0 }
  }

  function accept(line: Line, entries: readonly LogEntry[]): void {
    const name = partitionName(line.at)
    // It was left, and may have been joined again further on.
    if (open.get(name) !== line) return
    for (const entry of entries) {
      if (compareEntryIds(entry.entryId, line.after) <= 0) continue
      const lost = lostBefore(line.at, line.position, entry)
      let item: Readable | undefined
      const read = () => {
        item ??= itemOf(line.at, entry)
        return item
      }
      kept.push({ name, entry, lost, bytes: entry.data.length + envelopeBytes, item: read })
      line.after = entry.entryId
      if (!Number.isNaN(entry.position)) line.position = entry.position
    }
  }

  async function readOnce(from: ReturnType<Groups['reader']>): Promise<void> {
    const asked = new Map(open)
    const places = [...asked.values()].map(({ at, after, position }) => ({ at, after, position }))
    for (const { at, entries } of await from.read(places, countPerRead, blockMs)) {
      const line = asked.get(partitionName(at))
      if (line) accept(line, entries)
    }
    wakeReaders()
  }

  async function run(): Promise<void> {
    const from = groups.reader(() => {})
    reader = from
    let failing = false
    while (open.size > 0 && !closed) {
      try {
        await readOnce(from)
        failing = false
      } catch (error) {
        // What an outage has held up is read when it is over.
        if (errorCode(error) !== 'unavailable' && !failing)
          observer.log?.('error', 'cannot read the end of the log', { error: describeError(error) })
        failing = errorCode(error) !== 'unavailable'
        await delay(50)
      }
    }
    reader = undefined
    from.close()
    // Somebody may have joined since.
    if (open.size > 0 && !closed) await run()
  }

  function leave(name: string, line: Line): void {
    line.readers--
    if (line.readers > 0) return
    lines.delete(name)
    open.delete(name)
    if (open.size === 0) reader?.wake()
  }

  async function take(at: PartitionId): Promise<Line> {
    const name = partitionName(at)
    const coming = lines.get(name) ?? begin(at)
    lines.set(name, coming)
    try {
      const line = await coming
      // The last reader may have left between.
      if (lines.get(name) !== coming) return take(at)
      line.readers++
      open.set(name, line)
      return line
    } catch (error) {
      if (lines.get(name) === coming) lines.delete(name)
      throw error
    }
  }

  return {
    /** @throws AppError `unavailable` when it cannot be told where the partitions end. */
    async join(partitions: readonly PartitionId[]): Promise<Joined> {
      if (closed) throw new AppError('unavailable', 'watch: the store is closed')
      const taken = await Promise.allSettled(partitions.map(take))
      const mine = new Map(
        taken.flatMap((one) =>
          one.status === 'fulfilled' ? [[partitionName(one.value.at), one.value] as const] : [],
        ),
      )
      const leaveAll = () => {
        for (const [name, line] of mine) leave(name, line)
        mine.clear()
      }
      const failed = taken.find((one) => one.status === 'rejected')
      if (failed) {
        leaveAll()
        throw failed.reason
      }
      if (reader) reader.wake()
      else running = run()
      return {
        place: () => ({
          number: kept.next(),
          ends: new Map([...mine].map(([name, { after }]) => [name, after])),
        }),
        get: kept.get,
        closed: () => closed,
        more: (signal) =>
          new Promise((resolve) => {
            const wake = () => {
              waiting.delete(wake)
              signal?.removeEventListener('abort', wake)
              resolve()
            }
            if (closed || signal?.aborted) return resolve()
            waiting.add(wake)
            signal?.addEventListener('abort', wake)
          }),
        leave: leaveAll,
      }
    },
    async close(): Promise<void> {
      closed = true
      reader?.wake()
      wakeReaders()
      await running
    },
  }
}

/** What to say of an entry that does not follow the one before; `undefined` where it does. */
export function lostBefore(
  at: PartitionId,
  before: number | undefined,
  { position }: LogEntry,
): string | undefined {
  if (before === undefined || Number.isNaN(position) || position === before + 1) return undefined
  const message = `watch ${partitionName(at)}: position ${position} after ${before}, expected ${before + 1}`
  return `${message}: Redis has lost events meanwhile, what was read of them is void`
}
