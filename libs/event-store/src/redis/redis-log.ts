import { AppError, retry } from '@ordershop/core'
import type { HotStart } from '../archive/hot-start.ts'
import type { HotLog } from '../archive/log-through.ts'
import type { StoredPage } from '../archive/seal.ts'
import type { PartitionId } from '../event.ts'
import type { RawEntry } from '../log/entry.ts'
import type { WalkedBack } from '../log/log.ts'
import { whileUnavailable } from '../log/unavailable-retry.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'
import { entryOf, maybeColdOf, spelled } from './wire.ts'

/** How long a read is repeated: a connection that comes back, or a slot's next master, is there within this. */
const patience = whileUnavailable(2_000)

/**
 * The log on Redis. Reads have no effect, so they are repeated for a while before they reject as `unavailable`.
 *
 * @param append see `appender`. @param redis for everything else.
 */
export function redisLog(redis: ScriptedRedis, append: HotLog['append']): HotLog {
  const read = <T>(attempted: string, ask: () => Promise<unknown>): Promise<T> =>
    retry(() => answerTo<T>(attempted, ask()), patience)

  return {
    append,

    async walkBack(at, entityId, { commandId, revision, limit, from }) {
      const kinds = [
        keys.events,
        keys.versions,
        keys.idem,
        keys.idemOld,
        keys.snapshots,
        keys.head,
        keys.cold,
      ]
      const named = kinds.map((key) => key(at))
      const [known, head, snapshot, next, entries] = await read<[number, string, string, string, RawEntry[]]>(
        'load',
        () => redis.loadEntity(...named, spelled(entityId), commandId, revision, limit, from),
      )
      const walked = { known: known === 1, head, next, entries: entries.map(entryOf) }
      if (isMaybeCold(head)) return { ...walked, maybe: maybeColdOf(head) }
      return snapshot === '' ? walked : { ...walked, snapshot: snapshotOf(snapshot) }
    },

    async lastEntries(at, entityIds) {
      const named = [keys.events, keys.versions, keys.head, keys.cold].map((key) => key(at))
      const ask = () => redis.lastEvents(...named, ...entityIds.map(spelled))
      const found = await read<(RawEntry | string | null)[]>('read last events', ask)
      return found.map((entry) => {
        if (typeof entry !== 'string') return entry && entryOf(entry)
        return isMaybeCold(entry) ? maybeColdOf(entry) : entry
      })
    },

    async page(at, after, count) {
      const start = after === '' ? '-' : `(${after}`
      const ask = () => redis.xrange(keys.events(at), start, '+', 'COUNT', count)
      return (await read<RawEntry[]>('read events', ask)).map(entryOf)
    },

    async end(at) {
      // In one round trip, on a connection that pipelines.
      const [[last], [position, trimmed]] = await Promise.all([
        read<RawEntry[]>('read the last event', () => redis.xrevrange(keys.events(at), '+', '-', 'COUNT', 1)),
        read<(string | null)[]>('read the last position', () =>
          redis.hmget(keys.head(at), 'position', 'trimmed'),
        ),
      ])
      const entry = last && entryOf(last)
      const known = entry && !Number.isNaN(entry.position) ? entry.position : Number(position ?? 0)
      return { entryId: entry?.entryId ?? '0-0', position: known, trimmed: Number(trimmed ?? 0) }
    },

    async saveSnapshot(at, entityId, { version, position, entryId, revision, state }) {
      if (revision.includes('|'))
        throw new AppError('invalid', `save snapshot: revision is '${revision}', expected no '|' in it`)
      const value = `${version}|${entryId}|${revision}|${JSON.stringify({ position, state })}`
      const kept = () => redis.saveSnapshot(keys.versions(at), keys.snapshots(at), spelled(entityId), value)
      await read('save snapshot', kept)
    },
  }
}

/** It has two `@`; an entry id has none, a token one. */
const isMaybeCold = (answer: string) => answer.split('@').length === 3

/** Where the log in Redis begins. */
export function hotStarts(redis: ScriptedRedis): (at: PartitionId) => Promise<HotStart> {
  return async (at) => {
    const asked = () => redis.hmget(keys.head(at), 'trimmed', 'first_entry')
    const [trimmed, firstEntry] = await retry(
      () => answerTo<(string | null)[]>('read where the log begins', asked()),
      patience,
    )
    return { trimmed: Number(trimmed ?? 0), firstEntry: firstEntry ?? '' }
  }
}

/** Pages of the log with each entry as it is stored, for who keeps it so. */
export function storedPages(redis: ScriptedRedis): StoredPage {
  return async (at, after, count) => {
    const page = redis.xrange(keys.events(at), `(${after}`, '+', 'COUNT', count)
    const found = await answerTo<RawEntry[]>('read events', page)
    return found.map((raw) => ({ raw, entry: entryOf(raw) }))
  }
}

// `version|entry id|revision|` is for `load.lua`; the rest is JSON.
function snapshotOf(value: string): NonNullable<WalkedBack['snapshot']> {
  const [version = '', entryId = '', revision = ''] = value.split('|', 3)
  const prefix = version.length + entryId.length + revision.length + 3
  return { version: Number(version), entryId, ...JSON.parse(value.slice(prefix)) }
}
