// The audit trail: what operators have had done to a store.

/** One act of an operator. */
export type Act = {
  /** Who has it done: 1 to 200 characters. */
  readonly operator: string
  /** What, e.g. `rebuild`: 1 to 200 characters. */
  readonly action: string
  /** With what, without secrets: what is beyond 1,000 characters is left out. */
  readonly detail: string
}

/** What is recorded of an act: that it begins, and how it ended. */
export type AuditRecord = Act & {
  /** Entry id. */
  readonly id: string
  /** ISO 8601, by Redis' clock. */
  readonly at: string
  readonly outcome: 'begun' | 'done' | 'failed'
  /** Of one that ended: the id of the record that it had begun. */
  readonly begun?: string
  /** Why it failed. */
  readonly reason?: string
}

/** A record that is about to be written. */
type NewAuditRecord = Omit<AuditRecord, 'id' | 'at'>

export type AuditTrail = {
  /**
   * Adds a record and returns its id. The trail keeps the last 100,000 or so.
   *
   * @throws AppError `invalid` for an operator or an action that is empty or too long; `unavailable`.
   */
  recordAct(record: NewAuditRecord): Promise<string>
  /** The newest records, oldest first. @param limit 1 to 10,000; `since` a time by Redis' clock, default: from the first on. */
  acts(page: { readonly limit: number; readonly since?: Date | undefined }): Promise<readonly AuditRecord[]>
}

/**
 * Does what an operator asks, with a record before it and one behind it. Without the first it is not done; a process that
 * dies meanwhile leaves that one alone.
 *
 * @throws what `work` throws; AppError as `recordAct` does, and then nothing was done.
 */
export async function audited<T>(
  trail: Pick<AuditTrail, 'recordAct'>,
  act: Act,
  work: () => Promise<T>,
): Promise<T> {
  const begun = await trail.recordAct({ ...act, outcome: 'begun' })
  try {
    const done = await work()
    await trail.recordAct({ ...act, outcome: 'done', begun })
    return done
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await trail.recordAct({ ...act, outcome: 'failed', begun, reason }).catch(() => {})
    throw error
  }
}
