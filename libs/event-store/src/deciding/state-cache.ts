import { LRUCache } from 'lru-cache'
import type { EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, Catalog, Envelope, NewEvent } from '../event.ts'

/** What `evolve` may know of an event beside its type and data. */
export type Folded<E extends AnyEvent> = E & Pick<Envelope, 'version' | 'entry_id'>

/** An entity as a decision knew it last. */
type KnownState<E extends AnyEvent = AnyEvent> = {
  readonly token: StateToken
  /** The position of its last event; 0 when it does not exist. */
  readonly position: number
  /** The version of its snapshot; 0 without one. */
  readonly snapshotVersion: number
  /** Its state at `token`, or, if there is an `event`, just before that. */
  readonly state: unknown
  /** The last event, if it is not folded yet. */
  readonly event?: Folded<E> | undefined
}

/**
 * States that `execute` remembers, so that it need not read what this process has decided last. It never has to be right:
 * a decision on a remembered state is appended against its token, and what does not fit is read.
 */
export type StateCache<E extends AnyEvent = AnyEvent> = {
  /** A copy of its own for each caller. */
  get(ref: EntityRef, revision: string): KnownState<E> | undefined
  set(
    ref: EntityRef,
    revision: string,
    known: Omit<KnownState, 'event'>,
    event?: NewEvent<AnyEvent> & Pick<Envelope, 'version' | 'entry_id'>,
  ): void
  delete(ref: EntityRef, revision: string): void
}

/** What `stateCacheBytes` is by default: 16 MiB, some 20,000 orders. */
export const defaultStateCacheBytes = 16 * 1024 * 1024

/** As JSON, so that what is remembered is what a reader of the log would get, and its size is known. */
type Kept = Omit<KnownState, 'state' | 'event'> & {
  readonly state: string
  readonly event?: { type: string; data: string; version: number; entry_id: string } | undefined
}

// Of an entry beside its texts, whose characters take one or two bytes.
const overheadBytes = 400

/** @param maxBytes least recently used states are forgotten beyond it; 0 remembers nothing. */
export function stateCache<E extends AnyEvent>(catalog: Catalog<E>, maxBytes: number): StateCache<E> {
  if (maxBytes === 0) return { get: () => undefined, set: () => {}, delete: () => {} }
  const cache = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ state, event }, key) =>
      overheadBytes + 2 * (key.length + state.length + (event?.data.length ?? 0)),
  })
  const nameOf = ({ topic, entityId, key = entityId }: EntityRef, revision: string) =>
    `${revision}|${topic}|${key.length}|${key}${entityId}`

  return {
    get(ref, revision) {
      const kept = cache.get(nameOf(ref, revision))
      if (!kept) return undefined
      const { topic } = ref
      const { state, event, ...known } = kept
      if (!event) return { ...known, state: JSON.parse(state) }
      const { type, data, version, entry_id } = event
      const read = catalog.parse(topic, type, catalog.schemaVersion(topic, type), JSON.parse(data))
      return { ...known, state: JSON.parse(state), event: { ...read, version, entry_id } }
    },
    set(ref, revision, { state, ...known }, event) {
      const kept = event && { ...event, data: JSON.stringify(event.data) }
      cache.set(nameOf(ref, revision), { ...known, state: JSON.stringify(state), event: kept })
    },
    delete: (ref, revision) => void cache.delete(nameOf(ref, revision)),
  }
}
