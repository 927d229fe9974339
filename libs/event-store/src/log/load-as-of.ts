// An entity as it was: the part of its history up to a position or a time.
import { AppError } from '@ordershop/core'
import type { AsOf, EntityRef, Loaded } from '../entity.ts'
import { type AnyEvent, type Catalog, type PartitionId, partitionName } from '../event.ts'
import type { EntityLog } from './entity-log.ts'
import { decode, type LogEntry } from './entry.ts'
import { checkRef } from './limits.ts'
import type { Log, WalkedBack } from './log.ts'
import { placeOf } from './partition.ts'

// Bounds one call of a script, which blocks Redis.
const eventsPerWalk = 1_000
/** Bounds what a look back costs, and its memory. */
const most = { looks: 50_000, dataChars: 32 * 1024 * 1024 }

/** Newest first. */
type Past = { readonly entries: readonly LogEntry[]; readonly snapshot: WalkedBack['snapshot'] }

/** The `loadAsOf` of a store. */
export function loadsAsOfFrom<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  partitions: number,
): EntityLog<E>['loadAsOf'] {
  return async (ref, asOf, { snapshotRevision = '' } = {}) => {
    checkRef('load', catalog.topics, ref)
    const at = placeOf(ref, partitions)
    return loaded(at, await pastOf(log, at, ref, asOf, snapshotRevision))
  }

  function loaded(at: PartitionId, { entries, snapshot }: Past): Loaded<E> {
    const last = entries[0] ?? snapshot
    const { version, position, entryId } = last ?? { version: 0, position: 0, entryId: '' }
    return {
      ...{ version, position, token: `${version}@${entryId}`, partition: at.partition },
      events: entries.toReversed().map((entry) => decode(catalog, at, entry)),
      ...(snapshot === undefined ? {} : { snapshot: snapshot.state }),
    }
  }
}

async function pastOf(
  log: Log,
  at: PartitionId,
  ref: EntityRef,
  asOf: AsOf,
  snapshotRevision: string,
): Promise<Past> {
  const kept: LogEntry[] = []
  let [revision, from, looked, chars, next] = [snapshotRevision, '', 0, 0, Number.NaN]
  for (;;) {
    const options = { commandId: '', revision, limit: eventsPerWalk, from }
    const page = await log.walkBack(at, ref.entityId, options)
    for (const entry of page.entries) {
      if (entry.entityId !== ref.entityId || (next >= 0 && entry.version !== next)) throw lost(at, ref)
      next = entry.version - 1
      if (!isUpTo(entry, asOf)) continue
      kept.push(entry)
      chars += entry.data.length
    }
    looked += page.entries.length
    const snapshot = page.next === '' ? page.snapshot : undefined
    if (snapshot && isUpTo(snapshot, asOf)) return { entries: kept, snapshot }
    if (!snapshot && page.next === '') {
      if (next > 0) throw lost(at, ref)
      return { entries: kept, snapshot: undefined }
    }
    if (!snapshot && page.entries.length === 0) throw lost(at, ref)
    if (looked >= most.looks || chars >= most.dataChars) throw tooFar(ref, asOf)
    // A later snapshot is of no use: on behind it.
    if (snapshot) revision = ''
    from = snapshot ? snapshot.entryId : page.next
  }
}

function isUpTo({ position, entryId }: Pick<LogEntry, 'position' | 'entryId'>, asOf: AsOf): boolean {
  if ('position' in asOf) return position <= asOf.position
  return Number(entryId.slice(0, entryId.indexOf('-'))) <= asOf.time
}

function tooFar({ topic, entityId }: EntityRef, asOf: AsOf): AppError {
  const when = 'position' in asOf ? `position ${asOf.position}` : new Date(asOf.time).toISOString()
  const bounds = `${most.looks} events and ${most.dataChars / 1024 / 1024} MiB`
  return new AppError(
    'invalid',
    `load ${topic} ${entityId} as of ${when}: expected at most ${bounds} to look at`,
  )
}

function lost(at: PartitionId, { entityId }: EntityRef): AppError {
  const message = `load ${entityId} of ${partitionName(at)}: Redis has lost events meanwhile, start over`
  return new AppError('unavailable', message)
}
