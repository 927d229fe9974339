import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'
import onHeaders from 'on-headers'

const strict = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

// The policy is whole as it stands here: helmet's own is wider, and has browsers ask by TLS, which a machine of one's own does not speak.
const pagesWith = (directives: Readonly<Record<string, string[]>>): RequestHandler =>
  helmet({ contentSecurityPolicy: { useDefaults: false, directives }, xFrameOptions: { action: 'deny' } })

const ofPages = pagesWith(strict)
const ofSwaggerUi = pagesWith({
  ...strict,
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
})

const swaggerUis = new WeakSet<Response>()

/**
 * No browser guesses what an answer is (`X-Content-Type-Options: nosniff`); a page of HTML has the rest of what helmet sets,
 * too, above all a Content-Security-Policy: it loads what this process serves, talks to it alone, has nothing inline, and
 * nobody may frame it. The one exception is `isSwaggerUi`; no page sets a policy of its own.
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('x-content-type-options', 'nosniff')
  onHeaders(response, () => {
    const type = String(response.getHeader('content-type') ?? '')
    if (!type.startsWith('text/html')) return
    const set = swaggerUis.has(response) ? ofSwaggerUi : ofPages
    set(request, response, () => {})
  })
  next()
}

/** Before the handler of a page that shows Swagger UI, which writes styles into elements and has its icons in data URLs. */
export const isSwaggerUi: RequestHandler = (_request, response, next) => {
  swaggerUis.add(response)
  next()
}
