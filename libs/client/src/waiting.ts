/** How often and how patiently a call is sent again. */
export type Patience = {
  /** How often a call is sent at most; default 5. */
  readonly attempts?: number
  /** The first wait at most, in milliseconds; it doubles with each attempt; default 100. */
  readonly firstWaitMs?: number
  /** The longest wait, in milliseconds, also where `Retry-After` asks for more; default 10,000. */
  readonly maxWaitMs?: number
}

/** Milliseconds before attempt `attempt` + 1: drawn from all up to a doubling limit, and no less than `Retry-After` asks. */
export function waitMs(attempt: number, patience: Patience, retryAfter: string | null = null): number {
  const { firstWaitMs = 100, maxWaitMs = 10_000 } = patience
  const drawn = Math.random() * firstWaitMs * 2 ** (attempt - 1)
  return Math.min(maxWaitMs, Math.max(drawn, askedMs(retryAfter)))
}

/** `Retry-After` is seconds or a date; whatever else it says asks for nothing. */
function askedMs(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const ms = /^\d+$/.test(retryAfter.trim())
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

/** Waits, unless the caller gives up before. @throws the reason of the signal. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const over = () => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    const timer = setTimeout(over, ms)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
