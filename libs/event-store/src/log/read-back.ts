import { AppError } from '@ordershop/core'
import type { EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import type { LogEntry } from './entry.ts'
import { checkRef, checkToken } from './limits.ts'
import type { Log } from './log.ts'
import { placeOf } from './partition.ts'
import { type Readable, readable } from './readable.ts'

/** Events per page, at most: one call of a script reads them. */
const mostEvents = 1_000

/** Options of `readBack`. */
export type ReadBackOptions = {
  /**
   * Begins with the event before this one: a `next` that was answered, which costs one page wherever it is, or a version,
   * which is walked to from the entity's last event. Default: with the last event.
   */
  readonly before?: StateToken | number
  /** 1 to 1,000; default 100. */
  readonly limit?: number
}

/** A page of an entity's history, newest first; `next` is for the `before` of the next page, `null` behind the last. */
export type ReadBackPage<E extends AnyEvent = AnyEvent> = {
  readonly items: readonly Readable<E>[]
  readonly next: StateToken | null
}

/** The `readBack` of a store. */
export function readsBackFrom<E extends AnyEvent>(log: Log, catalog: Catalog<E>, partitions: number) {
  const walk = async (at: PartitionId, entityId: string, from: string, limit: number) => {
    const page = await log.walkBack(at, entityId, { commandId: '', revision: '', limit, from })
    if (page.entries.length === 0 && page.next !== '' && from === '')
      throw new AppError(
        'internal',
        `read back ${at.topic} ${entityId}: its last event is missing in the log`,
      )
    return page.entries
  }

  /** Behind the event that a token names, which must be this entity's: entry ids come from callers. */
  async function behind(at: PartitionId, entityId: string, token: StateToken, limit: number) {
    const [version, entryId = ''] = token.split('@')
    const [named, ...entries] = await walk(at, entityId, entryId, limit + 1)
    if (named?.entryId === entryId && named.entityId === entityId && named.version === Number(version))
      return entries
    const message = `read back ${at.topic} ${entityId}: before is '${token}', expected an event of it`
    throw new AppError('invalid', message)
  }

  async function behindVersion(at: PartitionId, entityId: string, before: number, limit: number) {
    for (let from = ''; ; ) {
      const entries = await walk(at, entityId, from, mostEvents)
      const last = entries.at(-1)
      const first = entries.findIndex(({ version }) => version < before)
      if (first >= 0) {
        const found = entries.slice(first, first + limit)
        const end = found.at(-1)
        if (found.length === limit || !end || end.previous === '') return found
        return [...found, ...(await walk(at, entityId, end.previous, limit - found.length))]
      }
      if (!last || last.previous === '') return []
      from = last.previous
    }
  }

  return async (ref: EntityRef, { before, limit = 100 }: ReadBackOptions = {}): Promise<ReadBackPage<E>> => {
    checkRef('read back', catalog.topics, ref)
    if (!Number.isInteger(limit) || limit < 1 || limit > mostEvents)
      throw new AppError('invalid', `read back: limit is ${limit}, expected 1 to ${mostEvents}`)
    if (typeof before === 'string') checkToken('read back', before)
    const at = placeOf(ref, partitions)
    const { entityId } = ref
    let entries: readonly LogEntry[]
    if (before === undefined) entries = await walk(at, entityId, '', limit)
    else if (typeof before === 'number') entries = await behindVersion(at, entityId, before, limit)
    else entries = await behind(at, entityId, before, limit)
    const last = entries.at(-1)
    return {
      items: entries.map((entry) => readable(catalog, at, entry)),
      next:
        last && last.previous !== '' && entries.length === limit ? `${last.version}@${last.entryId}` : null,
    }
  }
}
