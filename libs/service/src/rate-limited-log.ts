import type { Logger } from './log.ts'

/** Times of a `rateLimitedLog`, in milliseconds. */
const defaults = { quietMs: 30_000, longestQuietMs: 600_000 }

/**
 * Tells of a failure that everything meets while it lasts, as an outage is, in a few lines: the first at once, then each
 * 30 s, doubling to 10 min, how often it has come since. Each single one is written at level `debug`.
 *
 * A message names one failure: there must be few different ones.
 */
export function rateLimitedLog(log: Logger, { quietMs, longestQuietMs } = defaults) {
  const quiet = new Set<string>()
  const more = new Map<string, { fields: object; times: number }>()

  function listen(level: 'warn' | 'error', message: string, waitMs: number): void {
    const tell = () => {
      const repeated = more.get(message)
      more.delete(message)
      quiet.delete(message)
      if (!repeated) return
      const { fields, times } = repeated
      log[level]({ ...fields, times, withinMs: waitMs }, `${message}, again and again`)
      listen(level, message, Math.min(2 * waitMs, longestQuietMs))
    }
    quiet.add(message)
    setTimeout(tell, waitMs).unref()
  }

  return (level: 'warn' | 'error', fields: object, message: string): void => {
    if (quiet.has(message)) {
      more.set(message, { fields, times: (more.get(message)?.times ?? 0) + 1 })
      log.debug(fields, message)
    } else {
      log[level](fields, message)
      listen(level, message, quietMs)
    }
  }
}
