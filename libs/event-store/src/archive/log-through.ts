// One log of two parts: what Redis has, and before it what was trimmed from Redis and is in the archive.
import { AppError } from '@ordershop/core'
import type { StateToken } from '../entity.ts'
import { type PartitionId, partitionName } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { AppendAnswer, EncodedAppend, EncodedWrite, Log, WalkedBack } from '../log/log.ts'
import { answerToRepeat } from '../log/repeated.ts'
import type { ArchivedLog } from './archived-log.ts'
import { coldEntities, tokenOf } from './cold-entities.ts'
import { type AskHotStart, type HotStart, isTrimmed, type MaybeCold } from './hot-start.ts'
import { seamOf } from './seam.ts'

/** The part that Redis has: where an entry or an entity has left it, it says so. */
export type HotLog = Omit<Log, 'append' | 'walkBack' | 'lastEntries'> & {
  append(...args: Parameters<Log['append']>): Promise<AppendAnswer | ArchivedRepeat | MaybeColdWrites>
  walkBack(...args: Parameters<Log['walkBack']>): Promise<WalkedBack & { readonly maybe?: MaybeCold }>
  /** An entry id stands for an entry that is not there any more. */
  lastEntries(
    ...args: Parameters<Log['lastEntries']>
  ): Promise<readonly (LogEntry | string | MaybeCold | null)[]>
}

/** The entities of these writes, from 0, may be cold; nothing was written. */
export type MaybeColdWrites = {
  readonly result: 'cold'
  readonly writes: readonly number[]
  readonly maybe: MaybeCold
}

/** The command id is known; of what it stored, `events` up to the one of `entryId`, some are not there any more. */
export type ArchivedRepeat = {
  readonly result: 'archived'
  readonly events: number
  readonly entryId: string
  /** Where the entity of each write is now. */
  readonly tokens: readonly StateToken[]
}

/** How often an append looks its entities up: between two looks others may have left. */
const looks = 10
const noStart: HotStart = { trimmed: 0, firstEntry: '' }

/**
 * The log as if nothing had been trimmed.
 *
 * Redis is asked first for what is wanted, and then where it begins: what was trimmed between the two is looked for in
 * the archive too, and nothing is that was not trimmed, so what Redis has lost stays lost.
 */
export function logThrough(hot: HotLog, archived: ArchivedLog, hotStart: AskHotStart): Log {
  // Where Redis began when it was last asked: only a guess, a Redis that has come back from a crash may begin earlier.
  const began = new Map<string, HotStart>()

  async function startOf(at: PartitionId): Promise<HotStart> {
    const start = await hotStart(at)
    began.set(partitionName(at), start)
    return start
  }

  const seam = seamOf(archived, startOf)
  const lastOf = coldEntities(archived)

  /** An append whose entities are looked up, wherever Redis cannot tell where they are. */
  async function appendKnowing(
    at: PartitionId,
    append: EncodedAppend,
  ): Promise<AppendAnswer | ArchivedRepeat> {
    let writes = append.writes
    for (let look = 1; look <= looks; look++) {
      const answer = await hot.append(at, { ...append, writes })
      if (answer.result !== 'cold') return answer
      const { maybe } = answer
      const lookUp = async (write: EncodedWrite, k: number) => {
        if (!answer.writes.includes(k)) return write
        const token = tokenOf(await lastOf(at, write.entityId, maybe))
        return { ...write, lookedUp: { chilled: maybe.chilled, token } }
      }
      writes = await Promise.all(writes.map(lookUp))
    }
    throw new AppError('unavailable', `append to ${partitionName(at)}: entities leave Redis all the time`)
  }

  /** Goes on where a walk has met an event that Redis does not have. */
  async function walkOn(at: PartitionId, walked: WalkedBack, limit: number): Promise<WalkedBack> {
    const { snapshot, ...rest } = walked
    const start = await startOf(at)
    const entries = [...walked.entries]
    let next = walked.next
    while (next !== '' && entries.length < limit) {
      if (snapshot && next === snapshot.entryId) return { ...rest, snapshot, next: '', entries }
      const entry = isTrimmed(next, start) ? await archived.entry(at, next) : null
      if (!entry) break
      entries.push(entry)
      next = entry.previous
    }
    return { ...rest, next, entries }
  }

  return {
    ...hot,

    async append(at, append) {
      const answer = await appendKnowing(at, append)
      if (answer.result !== 'archived') return answer
      const stored = await archived.upTo(at, answer.entryId, answer.events)
      if (stored.length < answer.events) return { result: 'reused', entityId: '' }
      return answerToRepeat(stored, append, answer.tokens)
    },

    async walkBack(at, entityId, options) {
      const { maybe, ...walked } = await hot.walkBack(at, entityId, options)
      if (maybe) {
        const last = await lastOf(at, entityId, maybe)
        const next = options.from || (last?.entryId ?? '')
        return walkOn(at, { ...walked, head: tokenOf(last), next }, options.limit)
      }
      if (walked.next === '' || walked.entries.length >= options.limit) return walked
      return walkOn(at, walked, options.limit)
    },

    async lastEntries(at, entityIds) {
      const found = await hot.lastEntries(at, entityIds)
      const start = found.some((one) => typeof one === 'string') ? await startOf(at) : noStart
      return Promise.all(
        found.map((one, k) => {
          if (typeof one === 'string') return isTrimmed(one, start) ? archived.entry(at, one) : null
          return one && 'chilled' in one ? lastOf(at, entityIds[k] as string, one) : one
        }),
      )
    },

    async page(at, after, count) {
      const guess = began.get(partitionName(at))
      if (guess && isTrimmed(after, guess)) {
        const page = await seam.trimmed(at, { after }, count)
        if (page.length === count) return page
      }
      return seam.whole(at, { after }, count, await hot.page(at, after, count))
    },
  }
}
