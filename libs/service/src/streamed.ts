import type { Response } from 'express'

/**
 * Says of an answer that it goes on until somebody ends it, as Server-Sent Events do: how long it took is no measure of how
 * fast requests are answered, and a caller who leaves has broken nothing off.
 */
export function markStreamed(response: Response): void {
  response.locals.streamed = true
}

export function isStreamed(response: Response): boolean {
  return response.locals.streamed === true
}
