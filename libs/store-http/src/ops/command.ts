import { audited, type Operations } from '@ordershop/event-store'
import type { Request } from 'express'

/** What an operator had done, or asked for; in the words of `ordershop-ops`. */
export type OpsCommand = {
  readonly action: 'parked replay' | 'parked skip' | 'parked discard' | 'rebuild' | 'start' | 'stop'
  /** e.g. `crm --key customer:0199…`, `read-model`, `order` */
  readonly target: string
  /** `anonymous` where nobody says who it is. */
  readonly operator: string
  readonly reason?: string
}

/** Does something to the store in the name of who asks, and has it known who that was. */
export type CarryOut = <T>(
  request: Request,
  command: Omit<OpsCommand, 'operator'>,
  work: () => Promise<T>,
) => Promise<T>

// A token's subject may be longer.
const mostOperatorChars = 200

/** Does it with a record in the audit trail before it and one behind; what cannot be recorded is not done. */
export function recorded<T>(
  ops: Pick<Operations, 'recordAct'>,
  { operator, action, target, reason }: OpsCommand,
  work: () => Promise<T>,
): Promise<T> {
  const detail = reason === undefined ? target : `${target} --reason ${reason}`
  return audited(ops, { operator: operator.slice(0, mostOperatorChars), action, detail }, work)
}
