import type { PartitionId, Recorded } from '../event.ts'
import type { LogEntry, RawEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import type { Log } from '../log/log.ts'
import type { UnreadableEntry } from '../ops/operations.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

const pageSize = 256
/** Entries of other keys may lie between two of one key, any number of them. */
const searchedAtMost = 10_000
const shownChars = 8_192

/** Decodes an entry. @throws AppError `invalid`. */
export type DecodeEntry = (at: PartitionId, entry: LogEntry) => Recorded

type Range = { readonly first: string; readonly last: string }

/** The first events of a key from `first` to `last`, also those that cannot be decoded, and whether these are all. */
export async function parkedEvents(
  { redis, log, decode }: { redis: ScriptedRedis; log: Pick<Log, 'page'>; decode: DecodeEntry },
  at: PartitionId,
  key: string,
  { first, last }: Range,
  limit: number,
): Promise<{ events: (Recorded | UnreadableEntry)[]; complete: boolean }> {
  const found: LogEntry[] = []
  let searched = 0
  for (let from = before(first); ; ) {
    const page = await log.page(at, from, pageSize)
    const range = page.filter(({ entryId }) => compareEntryIds(entryId, last) <= 0)
    found.push(...range.filter((entry) => entry.key === key))
    searched += page.length
    const end = page.at(-1)
    const atEnd = !end || range.length < page.length || page.length < pageSize || end.entryId === last
    if (atEnd || found.length > limit || searched >= searchedAtMost) {
      const shown = found.slice(0, limit).map((entry) => readable(redis, decode, at, entry))
      return { events: await Promise.all(shown), complete: atEnd && found.length <= limit }
    }
    from = end.entryId
  }
}

async function readable(redis: ScriptedRedis, decode: DecodeEntry, at: PartitionId, entry: LogEntry) {
  try {
    return decode(at, entry)
  } catch (error) {
    const problem = (error as Error).message
    return { entry_id: entry.entryId, raw: await rawFields(redis, at, entry), problem }
  }
}

/** As the stream has it; of one that was trimmed what the archive has. */
async function rawFields(redis: ScriptedRedis, at: PartitionId, entry: LogEntry) {
  const { entryId, type, entityId, data } = entry
  const asked = redis.xrange(keys.events(at), entryId, entryId)
  const [raw] = await answerTo<RawEntry[]>('read entry', asked)
  const flat = raw?.[1] ?? ['type', type, 'entity_id', entityId, 'data', data]
  const fields: [string, string][] = []
  for (let k = 0; k < flat.length; k += 2)
    fields.push([flat[k] as string, (flat[k + 1] as string).slice(0, shownChars)])
  return Object.fromEntries(fields)
}

/** The entry id that comes before another. */
function before(entryId: string): string {
  const [ms = '0', sequence = '0'] = entryId.split('-')
  if (sequence !== '0') return `${ms}-${BigInt(sequence) - 1n}`
  return ms === '0' ? '0-0' : `${BigInt(ms) - 1n}-${2n ** 64n - 1n}`
}
