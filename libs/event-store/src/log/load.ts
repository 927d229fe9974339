import { AppError, errorCode } from '@ordershop/core'
import type { Appended, EntityRef, Loaded } from '../entity.ts'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import { confirmedLook } from './append.ts'
import type { EntityLog } from './entity-log.ts'
import { decode, type LogEntry } from './entry.ts'
import { checkRef } from './limits.ts'
import type { Log, WalkedBack } from './log.ts'
import { placeOf } from './partition.ts'
import { versionOf } from './settled.ts'

// Bounds one call of a script, which blocks Redis: 1,000 events of 1 KB take it about 3 ms.
const eventsPerWalk = 1_000
/** How often a load starts over that has met a hole, which another history leaves between two pages. */
const looks = 3
/** No entity is at it: a command that is not known any more is answered as a conflict. */
const none = -1

/** Newest first. */
type History = { readonly entries: LogEntry[]; readonly snapshot: WalkedBack['snapshot'] }

/** The `load` of a store. */
export function loadsFrom<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  partitions: number,
): EntityLog<E>['load'] {
  async function load(
    ref: EntityRef,
    options: { commandId?: string | null; snapshotRevision?: string } = {},
  ): Promise<Loaded<E>> {
    const commandId = options.commandId ?? ''
    const revision = options.snapshotRevision ?? ''
    checkRef('load', catalog.topics, ref)
    const at = placeOf(ref, partitions)
    for (let look = 1; look <= looks; look++) {
      const page = await log.walkBack(at, ref.entityId, {
        commandId,
        revision,
        limit: eventsPerWalk,
        from: '',
      })
      if (page.known) {
        const repeated = await recall(at, ref, commandId)
        if (repeated) return { ...repeated, events: [], repeated }
        continue
      }
      const history = await walkOn(at, ref.entityId, revision, page)
      if (history) return loaded(at, page.head, history)
    }
    throw new AppError(
      'internal',
      `load ${ref.topic} ${ref.entityId}: expected its whole history in the log, found events missing ${looks} times`,
    )
  }

  /** The stored answer of a command, confirmed as an append is: it may still wait for its replicas. */
  function recall(
    at: PartitionId,
    { entityId }: EntityRef,
    commandId: string,
  ): Promise<Appended | undefined> {
    return confirmedLook(log, at, { entityId, expected: none }, commandId).catch((error: unknown) => {
      // Forgotten between the two looks, by a rotation or with its history.
      if (errorCode(error) === 'conflict') return undefined
      throw error
    })
  }

  /**
   * The rest of the pages, back from the head of the first, so that all are of one moment; what comes meanwhile is left
   * to the next load. `undefined` when an event is missing, as when Redis has lost history between two pages.
   */
  async function walkOn(
    at: PartitionId,
    entityId: string,
    revision: string,
    first: WalkedBack,
  ): Promise<History | undefined> {
    const entries = [...first.entries]
    let page = first
    while (page.next !== '') {
      const from = page.next
      page = await log.walkBack(at, entityId, { commandId: '', revision, limit: eventsPerWalk, from })
      if (page.entries.length === 0 && page.snapshot === undefined) return undefined
      entries.push(...page.entries)
    }
    const { snapshot } = page
    let version = versionOf(first.head)
    for (const entry of entries)
      if (entry.entityId !== entityId || entry.version !== version--) return undefined
    return version === (snapshot?.version ?? 0) ? { entries, snapshot } : undefined
  }

  function loaded(at: PartitionId, token: string, { entries, snapshot }: History): Loaded<E> {
    const events = entries.reverse().map((entry) => decode(catalog, at, entry))
    return {
      version: versionOf(token),
      token,
      position: events.at(-1)?.position ?? snapshot?.position ?? 0,
      partition: at.partition,
      events,
      ...(snapshot === undefined ? {} : { snapshot: snapshot.state }),
    }
  }

  return load
}
