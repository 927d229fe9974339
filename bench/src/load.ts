/** Calls `action` `count` times with `concurrency` calls under way, and returns calls per second. */
export async function concurrently(
  count: number,
  concurrency: number,
  action: () => Promise<void>,
): Promise<number> {
  let begun = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (begun < count) {
        begun++
        await action()
      }
    }),
  )
  return count / ((performance.now() - started) / 1_000)
}
