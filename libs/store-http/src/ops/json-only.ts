import { httpError } from '@ordershop/service'
import type { RequestHandler } from 'express'

/**
 * Answers 415 to a POST that does not carry JSON, `{}` where there is nothing to say: a page of another origin may send all
 * else, and nothing at all, without asking first, from the network of whoever looks at it.
 */
export const jsonOnly: RequestHandler = (request, _response, next) => {
  const { method, path, headers } = request
  const isJson = /^application\/json(\s*;|$)/i.test(headers['content-type'] ?? '')
  if (method !== 'POST' || isJson) return next()
  next(httpError(415, `${method} ${path}: expected content-type application/json and at least {} as body`))
}
