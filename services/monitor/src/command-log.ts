import { type Logger, requestCause } from '@ordershop/service'
import type { OpsCommand } from '@ordershop/store-http/ops'
import type { Request } from 'express'

/** Logs what operators had done over HTTP, processes included; what is done to the store is in the audit trail as well. */
export function commandLog(log: Pick<Logger, 'info'>): (command: OpsCommand, request: Request) => void {
  return (command, request) => {
    const { correlationId } = requestCause(request)
    log.info({ ...command, correlationId }, 'an operator asked for it')
  }
}
