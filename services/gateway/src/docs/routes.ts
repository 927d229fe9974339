// Pages that explain the shop's API. All that they show and run is served from here: no font, script or validator of elsewhere.
import { createRequire } from 'node:module'
import { isSwaggerUi, methodNotAllowed } from '@ordershop/service'
import { type RequestHandler, Router } from 'express'
import { eventsPage, eventsStyle } from './events-page.ts'

const swagger = (file: string) => createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`)

const apiPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OrderShop: API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  tryItOutEnabled: true,
  validatorUrl: null,
  queryConfigEnabled: false,
})
`

/** `/docs`, the operations of /openapi.json; `/docs/events`, the events of /asyncapi.json; and what these pages need. */
export function docsRoutes(): Router {
  const router = Router()
  const served: Readonly<Record<string, RequestHandler | RequestHandler[]>> = {
    '/docs': [isSwaggerUi, page(apiPage)],
    '/docs/events': page(eventsPage),
    '/docs/events.css': kept('css', eventsStyle),
    '/docs/start.js': kept('js', start),
    '/docs/swagger-ui.css': file('swagger-ui.css'),
    '/docs/swagger-ui-bundle.js': file('swagger-ui-bundle.js'),
  }
  for (const [path, handle] of Object.entries(served)) router.route(path).get(handle).all(methodNotAllowed)
  return router
}

function page(html: string): RequestHandler {
  return (_request, response) => void response.type('html').send(html)
}

const cached = { 'cache-control': 'public, max-age=3600' }

function kept(type: string, content: string): RequestHandler {
  return (_request, response) => void response.set(cached).type(type).send(content)
}

function file(name: string): RequestHandler {
  const path = swagger(name)
  // A pnpm store has a dot in its path.
  return (_request, response) =>
    response.set(cached).sendFile(path, { dotfiles: 'allow', cacheControl: false })
}
