import type {
  Append,
  AppendAll,
  Appended,
  AppendedAll,
  AsOf,
  EntityRef,
  Loaded,
  Snapshot,
  StateToken,
} from '../entity.ts'
import type { AnyEvent, Recorded } from '../event.ts'

/** What is written to and read from the log itself; `EventStore` says what order and durability it promises. */
export type EntityLog<E extends AnyEvent = AnyEvent> = {
  /**
   * Appends events to one entity, all or none, exactly once per command id.
   *
   * @throws AppError `conflict` when the entity is not at what was `expected` (nothing was written; the message names both);
   *   `invalid` when a limit or a schema is broken (nothing was sent), or when the command id was used in this partition
   *   for another entity or for other events (nothing was written; its field is `commandId`); `unavailable` when the store did not answer in
   *   time: the outcome is then unknown until the same command id is appended again.
   */
  append(append: Append<E>): Promise<Appended>

  /**
   * Appends to several entities of one partition, all or none, exactly once per command id: what a decision needs that
   * rests on more than one entity, such as a transfer between two accounts. Entities are together in a partition when
   * they are written with the same `key`. Readers meet its events one behind another, in the order given.
   *
   * Without any event it stores nothing, and resolves if all entities are at what was `expected` at one moment.
   *
   * @throws AppError as `append` does; a `conflict` names the first entity that is not at what was `expected`.
   */
  appendAll(append: AppendAll<E>): Promise<AppendedAll>

  /**
   * Reads what a decision needs, in one round trip for up to 1,000 events: history since the last snapshot of
   * `snapshotRevision`, or the stored answer when `commandId` was carried out before, as durable as `append` promises.
   *
   * One consistent look, however long the entity: what is appended meanwhile belongs to the next load.
   *
   * @throws AppError `unavailable`; `invalid` when the command id was used for another entity of the partition; `internal`
   *   when events of the entity are missing in the log.
   */
  load(ref: EntityRef, options?: { commandId?: string | null; snapshotRevision?: string }): Promise<Loaded<E>>

  /**
   * Reads an entity as it was: the same as `load` would have given then, version 0 where it was not there yet. Walks back
   * from its last event, and begins at a snapshot of `snapshotRevision` that is no later.
   *
   * What it costs grows with the events since then, and with those before it up to a snapshot; it looks at 50,000, and
   * keeps 32 MiB of data, at most.
   *
   * @throws AppError `invalid` when that is not enough; `unavailable`, also when Redis lost events meanwhile.
   */
  loadAsOf(ref: EntityRef, asOf: AsOf, options?: { snapshotRevision?: string }): Promise<Loaded<E>>

  /**
   * Resolves once the state that was read is as durable as an append: for who answers on what was read, without writing.
   *
   * @throws AppError `conflict` when the entity is not at that state any more; `unavailable` as `append` does.
   */
  confirm(ref: EntityRef, token: StateToken): Promise<void>

  /** Keeps a snapshot, best effort: losing it costs time, never correctness. */
  saveSnapshot(ref: EntityRef, snapshot: Snapshot): Promise<void>

  /** All events of one entity in order of version; `[]` when there is none. @throws AppError `unavailable`. */
  readEntity(ref: EntityRef): Promise<readonly Recorded<E>[]>

  /**
   * The last event of each entity, or `null` where there is none, in the order asked. Read from the log itself on the
   * master, so every acknowledged append is seen.
   */
  lastEvents(refs: readonly EntityRef[]): Promise<readonly (Recorded<E> | null)[]>

  /**
   * Walks one partition in order of position, page by page, up to what is there when the page is read.
   *
   * @param range `after` is an entry id (default: from the beginning); `pageSize` events per round trip (default 512).
   */
  readTopic(
    topic: string,
    partition: number,
    range?: { after?: string; pageSize?: number },
  ): AsyncIterable<Recorded<E>>
}
