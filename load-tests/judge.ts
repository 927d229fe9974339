// Where the knee is. Plain TypeScript: also read by those who are not k6.

/** What came of one rate of orders a second. */
export type Step = {
  readonly rate: number
  /** A second, on average. */
  readonly decided: number
  /** Of the requests, 0 to 1. */
  readonly failed: number
  /** Milliseconds. */
  readonly p95: number
  readonly p99: number
}

/** Whether a shop held a rate: nearly all orders were decided, almost none failed, and the answers came in time. */
export function judged({ rate, decided, failed, p95 }: Step, limit: number): boolean {
  return decided >= 0.98 * rate && failed < 0.001 && p95 < limit
}

/** The highest rate up to which every one held; `undefined` when not even the first did. */
export function kneeOf(steps: readonly Step[], limit: number): number | undefined {
  const first = steps.findIndex((step) => !judged(step, limit))
  return steps[(first === -1 ? steps.length : first) - 1]?.rate
}
