import cors from 'cors'
import type { RequestHandler } from 'express'

/**
 * Lets pages of these origins call the shop (CORS); pages of others cannot read its answers, nor send it JSON. Mount it
 * before the guard: preflights come without credentials, and are answered here.
 */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  return cors({
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
}
