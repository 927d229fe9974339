import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, describeError } from '@ordershop/core'
import type { Recorded } from '../event.ts'
import { type ConsumerOptions, named } from './consumer.ts'

/** The pause of one partition while something is unavailable: longer each time, until a call succeeds. */
export function partitionPause({ at, group, settings, observer }: ConsumerOptions, ending: AbortSignal) {
  let paused: Promise<unknown> | undefined
  let pauses = 0

  return {
    /** Resolves when it is over; `undefined` while there is none. */
    current: () => paused,

    begin(error: unknown, event: Recorded): void {
      if (paused) return
      const about = { ...named(event), ...at, group, error: describeError(error) }
      if (pauses === 0) observer.log?.('warn', 'paused: something is unavailable', about)
      const waited = delay(backoffMs(settings.pause, pauses++), undefined, { signal: ending })
      // That it ends early because the partition was lost, or is being given up, is not an error.
      paused = waited
        .catch(() => {})
        .then(() => {
          paused = undefined
        })
    },

    /** A call has succeeded. */
    forget(): void {
      pauses = 0
    },
  }
}
