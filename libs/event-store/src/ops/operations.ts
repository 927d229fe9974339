import type { Recorded } from '../event.ts'
import type { AuditTrail } from './audit.ts'

/** How far one group is behind in one partition. */
export type GroupLag = {
  readonly topic: string
  readonly partition: number
  readonly group: string
  /** The partition's last position: its number of events so far. */
  readonly head: number
  /** The last position of which the event has left Redis for the archive; 0 when none has. */
  readonly trimmed: number
  /** The last position up to which the group has handled or parked everything; 0 when it never ran. */
  readonly position: number
  /** `head - position`, exact at one moment. */
  readonly lag: number
  /** Age of the oldest event beyond the cursor, in milliseconds by Redis' clock; 0 when there is none. */
  readonly lagMs: number
  /** The member that holds the partition's lease now, or `null`. */
  readonly owner: string | null
  /** Whether a live member of the group does not read this topic, as during a deploy that adds it: only the others share it. */
  readonly disputed: boolean
  readonly parkedKeys: number
  readonly parkedEvents: number
  readonly oldestParkedMs: number
}

/** A key whose events wait. */
export type ParkedKey = {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly key: string
  /** Entry ids of the first and last parked event. */
  readonly first: string
  readonly last: string
  readonly events: number
  readonly parkedAt: string
  /** The last error, in one line. */
  readonly reason: string
}

/** Names one parked key. */
export type ParkedPlace = { readonly topic: string; readonly key: string }

/**
 * Names a parked key as somebody has seen it: by the entry id of its first parked event. A decision that names it is about
 * no other event, however often and late it comes; without `first` it is about whichever is first then.
 */
export type ParkedAsSeen = ParkedPlace & { readonly first?: string }

/** Who decides about a parked key, and why: each 1 to 500 characters, kept with the decision. */
export type Why = { readonly operator: string; readonly reason: string }

/** An entry that cannot be decoded, as it is in its stream: field → value, of which at most 8,192 characters. */
export type UnreadableEntry = {
  readonly entry_id: string
  readonly raw: Readonly<Record<string, string>>
  readonly problem: string
}

/** What whoever decides about a key must know of it. */
export type ParkedDetail = {
  /** `null`: nothing of the key waits any more. */
  readonly parked: ParkedKey | null
  /** The first events that wait, in order. */
  readonly events: readonly (Recorded | UnreadableEntry)[]
  /** Whether these are all: not if there are more than were asked for, or too many entries of other keys lie between. */
  readonly complete: boolean
  /** What was decided about the key before, oldest first. */
  readonly decisions: readonly ParkedDecision[]
}

/** Parked events that an operator has had taken off unhandled. */
export type ParkedDecision = Why & {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly action: 'skip' | 'discard'
  readonly key: string
  /** Entry ids of the first and last event that was taken off. */
  readonly first: string
  readonly last: string
  readonly events: number
  readonly decidedAt: string
}

/** How a projection stands. */
export type ProjectionStatus = {
  readonly projection: string
  readonly live: number
  /** The version being built, or `null`. */
  readonly building: number | null
  /** 0 to 1 of the events there are. */
  readonly progress: number
}

/** Consumer groups and projections by name, each with the topics that it reads, and topics that none of them reads. */
export type Watched = {
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly projections: Readonly<Record<string, readonly string[]>>
  readonly unread?: readonly string[]
}

/** What a store tells of itself to whoever knows nothing of it. */
export type Discovered = {
  readonly topics: readonly string[]
  /** Of every topic; `null` while there is none. */
  readonly partitions: number | null
  /** Groups that have handled something or have a member now; one called `<name>.vN` is taken for version N of a projection. */
  readonly watched: Required<Watched>
}

/** One version of a projection: the one that readers see, or one that is being built beside it. */
export type ProjectionVersion = {
  readonly projection: string
  readonly version: number
  /** The consumer group that it reads as, e.g. `read-model.v2`. */
  readonly group: string
  /** Whether it is the one that readers see. */
  readonly live: boolean
  /** 0 to 1 of the events there are. */
  readonly progress: number
}

/** How everything stands that was asked for. */
export type Survey = {
  /** Of every group and of every version of a projection, in each of its partitions. */
  readonly lags: readonly GroupLag[]
  readonly versions: readonly ProjectionVersion[]
  /** Of every partition of the topics that nobody reads: how many events it has. */
  readonly unread: readonly Pick<GroupLag, 'topic' | 'partition' | 'head'>[]
}

/** What there is to keep the log in; on a Cluster that of all its masters together. */
export type Server = {
  /** Of Redis, e.g. `8.0.2`. */
  readonly version: string
  readonly usedBytes: number
  /** `maxmemory`; `null`: no limit is set. */
  readonly maxBytes: number | null
  /** `maxmemory-policy`. */
  readonly policy: string
}

/** What a check of the log found; empty `problems` means sound. */
export type Verification = {
  readonly topic: string
  readonly events: number
  readonly problems: readonly string[]
}

/** Operators' queries and actions; used by the CLI `ordershop-ops`, the monitor and tests. All reject with `unavailable` while Redis is unreachable. */
export type Operations = AuditTrail & {
  /** Lag of each group (name → topics) in each of its partitions. Groups that never ran count from 0. */
  lag(groups: Readonly<Record<string, readonly string[]>>): Promise<readonly GroupLag[]>
  /** Lag of groups, and of every version of projections, in one round trip; two when a version has come or gone since the last. */
  survey(watched: Watched): Promise<Survey>
  /** Every parked key of a group, oldest first. */
  parked(group: string, topics: readonly string[]): Promise<readonly ParkedKey[]>
  /**
   * One key: what waits of it, and what was decided about it before.
   *
   * @param limit of the events, which are looked for among 10,000 entries of the partition at most.
   */
  parkedKey(group: string, place: ParkedPlace, limit: number): Promise<ParkedDetail>
  /**
   * Asks the owners to handle parked events again, in order. Returns how many keys were asked for.
   *
   * @param only one key; default: all of the group.
   */
  replayParked(group: string, topics: readonly string[], only?: ParkedPlace): Promise<number>
  /**
   * Asks the owner to take the first parked event of a key off without handling it. Like a replay it is done by who owns
   * the partition, now or next; later parked events stay, and can be replayed then. Recorded as a decision.
   *
   * @throws AppError `not_found` when the key is not parked; `conflict` while something else is asked for it, or when
   *   another event than `place.first` is the first by now; `invalid` for an empty or too long reason or operator.
   */
  skipParked(group: string, place: ParkedAsSeen, why: Why): Promise<void>
  /** The same for all parked events of a key: later ones of the key are handled again. */
  discardParked(group: string, place: ParkedAsSeen, why: Why): Promise<void>
  /** What was skipped and discarded, oldest first; the last 10,000 or so of each partition. */
  parkedDecisions(group: string, topics: readonly string[]): Promise<readonly ParkedDecision[]>
  /** Starts a blue/green rebuild. @throws AppError `conflict` when one is under way, or its former version still kept. */
  rebuild(projection: string, topics: readonly string[]): Promise<ProjectionStatus>
  projection(projection: string, topics: readonly string[]): Promise<ProjectionStatus>
  server(): Promise<Server>
  /**
   * Which topics, groups and projections there are. Needs XINFO and SCAN, which no service's user may use; looks through a
   * million keys of each master at most for members of groups.
   *
   * @throws AppError `conflict` when topics differ in their number of partitions.
   */
  discover(): Promise<Discovered>
  /** Walks a topic: positions and entity versions contiguous, every event decodable. */
  verify(topic: string): Promise<Verification>
}
