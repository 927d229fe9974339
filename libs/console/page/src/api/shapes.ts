// What the gateway answers, as far as the console reads it. Envelopes are the wire's, in snake_case.

/** An event as it was recorded. */
export type Recorded = {
  readonly event_id: string
  readonly topic: string
  readonly type: string
  readonly entity_id: string
  readonly key: string
  readonly version: number
  readonly partition: number
  readonly position: number
  readonly recorded_at: string
  readonly schema_version: number
  readonly correlation_id: string
  readonly causation_id: string
  readonly traceparent?: string
  readonly actor?: string
  readonly entry_id: string
  readonly data: unknown
}

export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

export type Topics = {
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly { partition: number; head: number; trimmed: number }[]
  }[]
}

export type Effects = { readonly event: Recorded; readonly effects: readonly Effects[] }

export type Causes = {
  readonly ancestors: readonly Recorded[]
  readonly tree: Effects
  /** False: the search ended at its limit, and there may be more effects. */
  readonly complete: boolean
  readonly searched: number
}

export type Role = 'read' | 'write' | 'ops'

export type Me = {
  readonly auth: 'none' | 'optional' | 'required'
  readonly actor: string | null
  readonly roles: readonly Role[]
  readonly shop: boolean
  /** Address of a trace, with `{trace_id}` in it. */
  readonly trace_url: string | null
  readonly open_to_all: boolean
}

export type GroupLag = {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly head: number
  readonly position: number
  readonly lag: number
  readonly lagMs: number
  readonly owner: string | null
  readonly disputed: boolean
  readonly parkedKeys: number
  readonly parkedEvents: number
}

export type ProjectionVersion = {
  readonly projection: string
  readonly version: number
  readonly group: string
  readonly live: boolean
  readonly progress: number
}

export type Groups = {
  readonly lags: readonly GroupLag[]
  readonly versions: readonly ProjectionVersion[]
  readonly unread: readonly { topic: string; partition: number; head: number }[]
  readonly at: string
}

export type FlowNode = {
  readonly id: string
  readonly kind: 'service' | 'topic' | 'rows'
  readonly title: string
  readonly group?: string
}
export type FlowEdge = {
  readonly from: string
  readonly to: string
  readonly kind: 'http' | 'appends' | 'reads'
}
export type Flow = { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] }

export type ParkedKey = {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly key: string
  readonly first: string
  readonly last: string
  readonly events: number
  readonly parkedAt: string
  readonly reason: string
}

export type Parked = { readonly keys: readonly ParkedKey[]; readonly complete: boolean }

export type Unreadable = { readonly entry_id: string; readonly raw: unknown; readonly problem: string }

type ParkedDecision = {
  readonly action: 'skip' | 'discard'
  readonly operator: string
  readonly reason: string
  readonly events: number
  readonly decidedAt: string
}

export type ParkedDetail = {
  /** Null once nothing waits any more. */
  readonly parked: ParkedKey | null
  readonly events: readonly (Recorded | Unreadable)[]
  readonly decisions: readonly ParkedDecision[]
  readonly complete: boolean
}

export type Storage = {
  readonly redis: {
    readonly version: string
    readonly used_bytes: number
    readonly max_bytes: number | null
    readonly policy: string
    readonly durability: string
  }
  readonly archive: null | {
    readonly url: string
    readonly partitions: readonly { topic: string; partition: number; archived_to: number; bytes?: number }[]
  }
}

export type Processes = {
  readonly drivable: boolean
  readonly processes: readonly {
    readonly service: string
    readonly instance: string
    readonly state: string
    readonly ready: boolean
    readonly port: number
  }[]
}
