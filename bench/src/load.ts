/** So many milliseconds with so many calls under way, each of `batch` events. */
export type Load = { readonly ms: number; readonly concurrency: number; readonly batch: number }

/** Keeps `concurrency` calls of `action` under way while `goesOn`, and returns calls per second. */
async function keepGoing(
  concurrency: number,
  action: () => Promise<unknown>,
  goesOn: () => boolean,
): Promise<number> {
  let done = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (goesOn()) {
        await action()
        done++
      }
    }),
  )
  return done / ((performance.now() - started) / 1_000)
}

/** Calls `action` `count` times with `concurrency` calls under way, and returns calls per second. */
export function concurrently(
  count: number,
  concurrency: number,
  action: () => Promise<unknown>,
): Promise<number> {
  let begun = 0
  return keepGoing(concurrency, action, () => begun++ < count)
}

/** Calls `action` for so many milliseconds with `concurrency` calls under way, and returns calls per second. */
export function during(ms: number, concurrency: number, action: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + ms
  return keepGoing(concurrency, action, () => performance.now() < end)
}

/** Calls `action` at an even rate for so many milliseconds, whether or not the calls before have ended; returns how often. */
export async function atRate(perSecond: number, ms: number, action: () => Promise<unknown>): Promise<number> {
  const calls: Promise<unknown>[] = []
  const started = performance.now()
  for (let elapsed = 0; elapsed < ms; elapsed = performance.now() - started) {
    while (calls.length < (elapsed * perSecond) / 1_000) calls.push(action())
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(calls)
  return calls.length
}
