// What one caller may take of a process. Every bound of the HTTP side is here, with what a caller meets beyond it.
import type { Server } from 'node:http'
import type { RequestHandler } from 'express'
import { boundConnections } from './connections.ts'
import { httpError } from './http.ts'

export const limits = {
  /** Body after decompression, unless a service says otherwise; 413. The gateway lets in 1 MiB, and adds ids. */
  bodyBytes: 2 * 1024 * 1024,
  /** Arrays and objects one in another; 400. No route takes a body of more than four levels. */
  jsonDepth: 32,
  /** Path with query; 414. */
  urlBytes: 8 * 1024,
  /** All headers with the request line; 431. */
  headerBytes: 16 * 1024,
  /** Until all headers have come; 408. */
  headersMs: 15_000,
  /** Until the whole request has come; 408. */
  requestMs: 30_000,
  /** For which nothing moves on a connection whose request is under way, as when a reader stops reading; it is cut. */
  stalledMs: 30_000,
  /** Requests that wait for callers who send or read slowly; beyond, the one that has been slow for longest is cut. */
  slow: 64,
  /** Longer than the usual 60 s of load balancers, so that they never send a request into a connection being closed. */
  keepAliveMs: 65_000,
  /** Open at a time; for the next the one that has been idle for longest is cut. */
  connections: 4_096,
} as const

/** Options of a server that keeps these limits. */
export const serverOptions = {
  keepAliveTimeout: limits.keepAliveMs,
  headersTimeout: limits.headersMs,
  requestTimeout: limits.requestMs,
  maxHeaderSize: limits.headerBytes,
  // How late the two timeouts may be noticed.
  connectionsCheckingInterval: 5_000,
}

/** Sets the limits that are not options. */
export function bounded(server: Server): Server {
  boundConnections(server, limits.connections)
  server.timeout = limits.stalledMs
  return server
}

/** Answers 414 to a longer URL. */
export const refuseLongUrl: RequestHandler = (request, _response, next) => {
  const { length } = request.url
  const expected = `expected at most ${limits.urlBytes} bytes, got ${length}`
  next(length > limits.urlBytes ? httpError(414, `URL: ${expected}`) : undefined)
}
