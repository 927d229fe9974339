import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { Router } from 'express'

/** Where the build puts the page. */
const built = fileURLToPath(new URL('../dist', import.meta.url))

const notBuilt =
  'The console has not been built: `scripts/shop up` does it, or `pnpm --filter @ordershop/console build`.\n'

/**
 * Serves the console below `/console`, and leads there from `/`.
 *
 * The process that serves it sets the headers of pages (`securityHeaders` of libs/service). It needs no credential: it is the same files for everybody, who then ask `/v1` for what they may see. Mount it before
 * the guard. Files whose names have a hash of their content may be kept for a year; the page itself is asked for anew.
 * 503 in one sentence where the page has not been built.
 *
 * @param options.from folder of the built page, for tests; default: `dist` of this lib.
 */
export function consoleRoutes({ from = built }: { readonly from?: string } = {}): Router {
  const router = Router()
  router.get('/', (_request, response) => response.redirect(302, '/console/'))
  router.use('/console', express.static(from, { index: false, redirect: false, setHeaders: keep }))
  // Addresses of views are the page's to read: all are the same file.
  router.get('/console{/*view}', (request, response, next) => {
    if (request.path === '/console') return response.redirect(302, '/console/')
    if (/\/assets\/|\.\w+$/.test(request.path)) return next()
    if (!existsSync(`${from}/index.html`)) return response.status(503).type('text').send(notBuilt)
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: from })
  })
  return router
}

function keep(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  const lasting = path.includes('/assets/')
  response.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
}
