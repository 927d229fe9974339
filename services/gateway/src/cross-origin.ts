import cors from 'cors'
import type { RequestHandler } from 'express'

/**
 * Lets pages of these origins call the shop (CORS); pages of others cannot read its answers, nor send it JSON.
 *
 * @param guard what comes next. Preflights do not: they come without credentials, and are answered here.
 */
export function crossOrigin(origins: readonly string[], guard?: RequestHandler): RequestHandler {
  const allow = cors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'x-correlation-id',
      'traceparent',
    ],
    exposedHeaders: [
      'etag',
      'link',
      'location',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'www-authenticate',
      'x-correlation-id',
    ],
    maxAge: 600,
  })
  if (!guard) return allow
  return (request, response, next) =>
    allow(request, response, (error) => (error ? next(error) : guard(request, response, next)))
}
