import { type Request, type Response, Router } from 'express'
import type { Metrics } from './metrics.ts'

/** Whether a process can do its work now; `problem` says as one clear sentence why not. */
export type Health = { readonly ready: boolean; readonly problem?: string }

/**
 * `GET /livez` (the event loop turns; no dependency is checked), `GET /readyz` (200, or 503 and the problem as text) and
 * `GET /metrics` (Prometheus text).
 */
export function probes(ready: () => Health, metrics: Metrics): Router {
  const router = Router()
  router.get('/livez', (_request: Request, response: Response) => {
    response.type('text').send('ok\n')
  })
  router.get('/readyz', (_request: Request, response: Response) => {
    const health = ready()
    const problem = health.problem ?? 'not ready'
    response
      .status(health.ready ? 200 : 503)
      .type('text')
      .send(health.ready ? 'ok\n' : `${problem}\n`)
  })
  router.get('/metrics', async (_request: Request, response: Response) => {
    response.set('content-type', metrics.contentType).send(await metrics.metrics())
  })
  return router
}
