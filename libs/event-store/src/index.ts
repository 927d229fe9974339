export type { AnyEvent, Catalog, Cause, Envelope, NewEvent, Recorded } from './event.ts'
export type {
  Append,
  Appended,
  EntityRef,
  EventStore,
  Loaded,
  LogPosition,
  Snapshot,
  StateToken,
} from './event-store.ts'
export { type CommandCause, type Executed, execute, type StoredDecider } from './execute.ts'
export { connect as connectRedis, type RedisSettings, redisError } from './log/connection.ts'
export type { Durability } from './log/durability.ts'
export type { ReadyOptions, StoreHealth } from './log/readiness.ts'
export { type MemoryEventStoreOptions, memoryEventStore } from './memory/memory-event-store.ts'
export type { Observer, TraceparentOf } from './observer.ts'
export type {
  GroupLag,
  Operations,
  ParkedDecision,
  ParkedKey,
  ParkedPlace,
  ProjectionStatus,
  ProjectionVersion,
  Survey,
  Verification,
  Watched,
  Why,
} from './ops/operations.ts'
export type { EntityCache, Projection, RowQuery, RowWrite, RunningProjection } from './project/projection.ts'
export { type RedisEventStore, type RedisEventStoreOptions, redisEventStore } from './redis-event-store.ts'
export type {
  BatchHandler,
  Handler,
  HandlerContext,
  RunningSubscription,
  Subscription,
  SubscriptionSettings,
} from './subscribe/subscription.ts'
