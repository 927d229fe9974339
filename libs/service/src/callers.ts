import { AppError } from '@ordershop/core'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { Counter } from 'prom-client'
import { causeHeaders } from './cause.ts'
import { type KnownKeys, signerIn } from './keys.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import {
  type Content,
  checkToken,
  digestOf,
  type Refused,
  signToken,
  type TokenFor,
} from './request-token.ts'
import { reread } from './reread.ts'

/** Makes the `Authorization` header of a request to another process. */
export type RequestSigner = (request: TokenFor & Content) => string

/**
 * Signs requests with the first key in a JWKS file, which is read anew every 5 s.
 *
 * @throws AppError `invalid` if the file is none; an error of the file system if it is not there.
 */
export function requestSigner(file: string, log?: Pick<Logger, 'info' | 'error'>): RequestSigner {
  const signer = reread(file, signerIn, log)
  return (request) => `Bearer ${signToken(signer(), request)}`
}

/** What lets in only requests with a token of a known key; `token` comes before the body is read, `content` after it. */
export type CallerCheck = { readonly token: RequestHandler; readonly content: RequestHandler }

const reasons: readonly (Refused | 'missing')[] = ['missing', 'signature', 'time', 'audience', 'request']

/**
 * Answers 401 to whatever has no token of a known key for this service, method, path, command and body; counted in
 * `http_unauthorized_total{reason}`. Of a refused request not even the body is read.
 */
export function callerCheck(audience: string, known: () => KnownKeys, metrics: Metrics): CallerCheck {
  const refusals = new Counter({
    name: 'http_unauthorized_total',
    help: 'Requests refused because they had no token of a caller that is known',
    labelNames: ['reason'],
    registers: [metrics],
  })
  for (const reason of reasons) refusals.inc({ reason }, 0)
  const refuse = (
    { method, baseUrl, path }: Request,
    response: Response,
    reason: Refused | 'missing',
    why: string,
  ) => {
    refusals.inc({ reason })
    response.set('www-authenticate', 'Bearer')
    return new AppError('unauthorized', `${method} ${baseUrl}${path}: ${why}`)
  }
  return {
    token(request, response, next) {
      const [, token] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? []
      if (token === undefined)
        throw refuse(request, response, 'missing', 'expected a Bearer token in Authorization, got none')
      const { method, originalUrl: path } = request
      const checked = checkToken(known(), token, { audience, method, path })
      if ('refused' in checked) throw refuse(request, response, checked.refused, checked.why)
      response.locals.digest = checked.digest
      next()
    },
    content(request, response, next) {
      if (digestOf(contentOf(request)) === response.locals.digest) next()
      else next(refuse(request, response, 'request', 'expected the command and body that its token is for'))
    },
  }
}

/**
 * The same check for what lies below a path alone; everybody may ask for the rest. A path is told as Express tells it to
 * routes that are mounted there, so none reaches them that was not checked.
 */
export function checkedBelow(path: string, { token, content }: CallerCheck): CallerCheck {
  return { token: Router().use(path, token), content: Router().use(path, content) }
}

/** As it came: of a header that came twice both values, and none that was added here. */
function contentOf({ headersDistinct, body }: Request): Content {
  const headers = Object.fromEntries(causeHeaders.map((name) => [name, headersDistinct[name]?.join(', ')]))
  return { headers, body: Buffer.isBuffer(body) ? body : '' }
}
