/** A lease as its owner sees it: granted by Redis' clock, counted by our own monotonic one. */
export type Lease = {
  readonly token: string
  readonly leaseMs: number
  /** Milliseconds it certainly still has; 0 when it may have run out. */
  leftMs(): number
  /** It was renewed by a call sent at `sentAt` (`performance.now()`): Redis' renewal is later, so ours runs out first. */
  renewed(sentAt: number): void
  /** Calls back once it has run out; a busy event loop is told late. Returns how to stop. */
  onEnd(listener: () => void): () => void
}

/** A lease of `leaseMs` that was asked for at `sentAt` (`performance.now()`). */
export function leaseFrom(token: string, leaseMs: number, sentAt: number): Lease {
  let from = sentAt
  const leftMs = () => Math.max(0, from + leaseMs - performance.now())
  return {
    token,
    leaseMs,
    leftMs,
    renewed: (at) => {
      from = at
    },
    onEnd(listener) {
      // Not reset by each renewal: when the former time is up, it looks again.
      const look = (): void => {
        if (leftMs() > 0) timer = setTimeout(look, leftMs())
        else listener()
      }
      let timer = setTimeout(look, leftMs())
      return () => clearTimeout(timer)
    },
  }
}
