import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The registry that a process serves at `/metrics`. */
export type Metrics = Registry

/** Bounds of every duration histogram, in seconds: 0.1 ms to 10 s, each about double the one before. */
export const secondsBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]

/** A registry with Node's own metrics in it (event loop, memory, garbage collection). One per process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

/** Registers `http_request_duration_seconds{route,method,status}`; `route` is the pattern, so its values are few. */
export function httpDuration(metrics: Metrics): Histogram<'route' | 'method' | 'status'> {
  return new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request line to the end of the answer',
    labelNames: ['route', 'method', 'status'],
    buckets: secondsBuckets,
    registers: [metrics],
  })
}
