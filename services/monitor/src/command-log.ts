import { type Logger, requestCause } from '@ordershop/service'
import type { OpsCommand } from '@ordershop/store-http/ops'
import type { Request } from 'express'

/** Writes down what operators had done over HTTP: one place for all of it. Skips and discards are recorded in Redis as well. */
export function commandLog(log: Pick<Logger, 'info'>): (command: OpsCommand, request: Request) => void {
  return (command, request) => {
    const { correlationId } = requestCause(request)
    log.info({ ...command, correlationId }, 'an operator asked for it')
  }
}
