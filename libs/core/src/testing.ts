import { deepStrictEqual, strictEqual } from 'node:assert'
import { setTimeout as delay } from 'node:timers/promises'
import { type Decider, fold } from './decider.ts'
import { AppError, type ErrorCode } from './error.ts'

/**
 * Tells one story of a decider: what had happened, what is asked, what comes of it.
 *
 * @example given(order, created).when(cancel).gives(cancelled)
 * @example given(order, created, cancelled).when(cancel).gives() // a repeat records nothing new
 * @example given(order).when(cancel).fails('not_found')
 */
export function given<State, Command, Event>(decider: Decider<State, Command, Event>, ...past: Event[]) {
  return {
    when(command: Command) {
      const decide = () => decider.decide(command, fold(decider, structuredClone(past)))
      return {
        /** The command records exactly these events. */
        gives(...events: Event[]): void {
          deepStrictEqual(decide(), events)
        },
        /** The command is refused with this code and, if given, a message that matches. */
        fails(code: ErrorCode, message?: RegExp): void {
          try {
            decide()
          } catch (error) {
            if (!(error instanceof AppError)) throw error
            strictEqual(error.code, code, error.message)
            if (message && !message.test(error.message)) throw error
            return
          }
          throw new Error(`expected the command to fail with ${code}, but it was carried out`)
        },
      }
    },
  }
}

/**
 * Polls until `probe` neither throws nor returns `false`, and returns what it returned.
 *
 * @param options `withinMs` is the deadline (default 10,000), `everyMs` the pause between probes (default 20).
 * @throws the last error of the probe, once the deadline has passed.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const { withinMs = 10_000, everyMs = 20 } = options
  const deadline = performance.now() + withinMs
  for (;;) {
    let failure: unknown
    try {
      const result = await probe()
      if (result !== false) return result
      failure = new Error(`condition still false after ${withinMs} ms: ${probe}`)
    } catch (error) {
      failure = error
    }
    if (performance.now() > deadline) throw failure
    await delay(everyMs)
  }
}
