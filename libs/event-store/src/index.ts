export type { RunningArchiver } from './archive/archiver.ts'
export { type Backup, backupsIn, bytesOfBackup, keepNewest, storeBackup } from './archive/backup.ts'
export { folderObjects } from './archive/folder.ts'
export { type ByteRange, checkName, type Objects } from './archive/objects.ts'
export type { ArchiveOptions } from './archive/options.ts'
export { type ArchiveVerification, verifyArchive } from './archive/verify-archive.ts'
export { type CommandCause, type Executed, execute } from './deciding/execute.ts'
export { type ExecutedAll, executeAll } from './deciding/execute-all.ts'
export type { Folding, Participant, Place, StoredDecider } from './deciding/participant.ts'
export { type StateAt, stateAt } from './deciding/state-at.ts'
export type { StateCache } from './deciding/state-cache.ts'
export type {
  Append,
  AppendAll,
  Appended,
  AppendedAll,
  AsOf,
  EntityAppend,
  EntityRef,
  Loaded,
  Snapshot,
  StateToken,
} from './entity.ts'
export type { AnyEvent, Catalog, Cause, Envelope, LogPosition, NewEvent, Recorded } from './event.ts'
export type { EventStore, PartitionEnd } from './event-store.ts'
export type {
  BatchHandler,
  Handler,
  HandlerContext,
  RunningSubscription,
  Subscription,
  SubscriptionSettings,
} from './groups/subscription.ts'
export type { ReadBackOptions, ReadBackPage } from './log/read-back.ts'
export type { Readable, Unreadable } from './log/readable.ts'
export { type MemoryEventStoreOptions, memoryEventStore } from './memory/memory-event-store.ts'
export type { Observer, TraceparentOf } from './observer.ts'
export { type Act, type AuditRecord, type AuditTrail, audited } from './ops/audit.ts'
export type {
  Discovered,
  GroupLag,
  Operations,
  ParkedAsSeen,
  ParkedDecision,
  ParkedDetail,
  ParkedKey,
  ParkedPlace,
  ProjectionStatus,
  ProjectionVersion,
  Server,
  Survey,
  UnreadableEntry,
  Verification,
  Watched,
  Why,
} from './ops/operations.ts'
export type { EntityCache, Projection, RunningProjection } from './projections/projection.ts'
export { type RedisAccess, redisAcl } from './redis/acl.ts'
export { archivedEvents } from './redis/archived-events.ts'
export { connect as connectRedis, redisError } from './redis/connection.ts'
export type { Durability } from './redis/durability.ts'
export type { ReadyOptions, StoreHealth } from './redis/readiness.ts'
export {
  type RedisEventStore,
  type RedisEventStoreOptions,
  redisEventStore,
} from './redis/redis-event-store.ts'
export type { RestoredPartition, RestoreOptions } from './redis/restore.ts'
export type { AppendFsync } from './redis/server-check.ts'
export type { RedisSettings } from './redis/settings.ts'
export type { RowQuery, RowWrite } from './rows/row.ts'
export type { Causes, Effects, SearchOptions } from './watching/causes.ts'
export type { Watch, WatchFilter, WatchItem, WatchOptions } from './watching/watch.ts'
