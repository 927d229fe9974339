import { AppError, refusedFields } from '@ordershop/core'
import { httpError } from '@ordershop/service'

/** A refusal with a status that none of the shop's six error codes stands for. */
export function refusal(status: 403 | 412 | 422 | 429, message: string): Error {
  return httpError(status, message)
}

/** A service's refusal with field paths as the caller sent them: an array of items, or a single one. */
export function inCallersWords(error: unknown, alone: boolean): unknown {
  if (!(error instanceof AppError) || error.fields.length === 0) return error
  const prefix = alone ? /^items\.\d+\.?/ : /^items\.?/
  const fields = error.fields.map(({ path, message }) => ({ path: path.replace(prefix, ''), message }))
  return refusedFields('request body', fields, { code: error.code, cause: error })
}
