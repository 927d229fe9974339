/** Requests that come at a fixed rate, whether or not the shop keeps up. */
export type Load<T> = {
  /** What the shop has answered with success, in the order of the answers. */
  readonly acknowledged: readonly T[]
  /** How many requests failed and what was said, e.g. `21 × fetch failed`; their outcome is not known. */
  refusals(): string
  /** Sends no more and waits for the answers that are still to come. */
  stop(): Promise<void>
}

/** Sends `request(0)`, `request(1)`, … every 1 / `perSecond` until stopped. */
export function steadyLoad<T>(perSecond: number, request: (n: number) => Promise<T>): Load<T> {
  const acknowledged: T[] = []
  const refused = new Map<string, number>()
  const refuse = (why: string) => refused.set(why, (refused.get(why) ?? 0) + 1)
  const underWay = new Set<Promise<unknown>>()
  let sent = 0
  const timer = setInterval(() => {
    const answer = request(sent++)
      .then(
        (result) => acknowledged.push(result),
        (error) => refuse(reasonOf(error)),
      )
      .finally(() => underWay.delete(answer))
    underWay.add(answer)
  }, 1_000 / perSecond)
  return {
    acknowledged,
    refusals: () => [...refused].map(([why, times]) => `${times} × ${why}`).join('; ') || 'nothing',
    async stop() {
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}

/** What fetch says of a broken connection is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
