/** A lease as its owner sees it: granted by Redis' clock, counted by our own monotonic one. */
export type Lease = {
  readonly token: string
  readonly leaseMs: number
  /** Milliseconds it certainly still has; 0 when it may have run out. */
  leftMs(): number
  /** It was renewed by a call sent at `sentAt` (`performance.now()`): Redis' renewal is later, so ours runs out first. */
  renewed(sentAt: number): void
}

/** A lease of `leaseMs` that was asked for at `sentAt` (`performance.now()`). */
export function leaseFrom(token: string, leaseMs: number, sentAt: number): Lease {
  let from = sentAt
  return {
    token,
    leaseMs,
    leftMs: () => Math.max(0, from + leaseMs - performance.now()),
    renewed: (at) => {
      from = at
    },
  }
}
