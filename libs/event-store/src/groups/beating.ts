import { setTimeout as delay } from 'node:timers/promises'

/**
 * Beats every `beatMs`, and sooner when asked to, until `signal` ends it. A beat that fails is followed by the next:
 * Redis is away, and that one will tell.
 */
export function beating(beat: () => Promise<void>, beatMs: number, signal: AbortSignal) {
  let nap = new AbortController()
  let isDue = false

  async function untilEnded(): Promise<void> {
    while (!signal.aborted) {
      isDue = false
      await beat().catch(() => {})
      if (isDue) continue
      nap = new AbortController()
      await delay(beatMs, undefined, { signal: AbortSignal.any([nap.signal, signal]) }).catch(() => {})
    }
  }

  return {
    soon(): void {
      isDue = true
      nap.abort()
    },
    /** Resolves when the last beat has ended. */
    ended: untilEnded(),
  }
}
