import type { RequestHandler } from 'express'
import helmet from 'helmet'
import onHeaders from 'on-headers'

// Where TLS ends is not for a page to say: on a machine of one's own there is none.
const ofPages = helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } })

/**
 * No browser guesses what an answer is (`X-Content-Type-Options: nosniff`); a page of HTML has the rest of what helmet sets,
 * too, above all a Content-Security-Policy: scripts of the shop itself alone, and no other site may frame it.
 */
export const securityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('x-content-type-options', 'nosniff')
  onHeaders(response, () => {
    const type = String(response.getHeader('content-type') ?? '')
    // What a page sets itself stays, e.g. a policy of its own.
    const own = response.getHeader('content-security-policy')
    if (!type.startsWith('text/html')) return
    ofPages(request, response, () => {})
    if (own !== undefined) response.setHeader('content-security-policy', own)
  })
  next()
}
