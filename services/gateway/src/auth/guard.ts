import type { Role } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import type { Request, RequestHandler, Response } from 'express'
import { refusal } from '../problem.ts'
import { admit, type Identify } from './caller.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

// In any case, as Express matches paths; whatever else begins so is asked for more than it needs.
const opsPath = /^\/v1\/ops(\/|$)/i

/** What a request needs: to read `read`, to operate `ops`, to do anything else `write`. */
function roleFor({ method, path }: Request): Role {
  if (safeMethods.includes(method)) return 'read'
  return opsPath.test(path) ? 'ops' : 'write'
}

/**
 * Lets requests through whose credential is good for what they ask, see `roleFor`. Where
 * it is `optional` a request without one passes, too, as nobody's; a bad one never does.
 *
 * Refusals carry `WWW-Authenticate` as RFC 6750, section 3 has it: 401 `invalid_token`, 403 `insufficient_scope`.
 */
export function guard(mode: 'optional' | 'required', identify: Identify): RequestHandler {
  return async (request, response, next) => {
    const { authorization } = request.headers
    if (authorization === undefined && mode === 'optional') return next()
    const credential = bearerOf(authorization)
    if (credential === undefined) throw unidentified(request, response)
    const found = callerBy(identify, credential, response)
    // Most callers are known at once, and a turn of the event loop's queue less is worth having at every request.
    const caller = found instanceof Promise ? await found : found
    const role = roleFor(request)
    if (!caller.roles.has(role)) {
      challenge(response, `error="insufficient_scope", scope="${role}"`)
      throw refusal(403, `${request.method} ${request.path}: expected the role ${role}`)
    }
    admit(request, caller)
    next()
  }
}

/** What follows `Bearer`, in any case; whether it is a credential is for those to say who know them. */
function bearerOf(authorization = ''): string | undefined {
  if (authorization.slice(0, 7).toLowerCase() !== 'bearer ') return undefined
  return authorization.slice(7).trim() || undefined
}

/** Of one that sends no credential RFC 6750 wants no error code: it may not know that one is needed. */
function unidentified({ method, path, headers }: Request, response: Response): AppError {
  challenge(response)
  // Never what was sent: it may be a secret, only not one of ours.
  const got = headers.authorization === undefined ? 'none' : 'another'
  const expected = 'expected the header Authorization: Bearer with a token or an API key'
  return new AppError('unauthorized', `${method} ${path}: ${expected}, got ${got}`)
}

function callerBy(identify: Identify, credential: string, response: Response): ReturnType<Identify> {
  const refuse = (error: unknown): never => {
    if (error instanceof AppError && error.code === 'unauthorized')
      challenge(response, `error="invalid_token", error_description="${quotable(error.message)}"`)
    throw error
  }
  try {
    const found = identify(credential)
    return found instanceof Promise ? found.catch(refuse) : found
  } catch (error) {
    return refuse(error)
  }
}

function challenge(response: Response, more?: string): void {
  response.set('www-authenticate', ['Bearer realm="ordershop"', ...(more ? [more] : [])].join(', '))
}

/** What RFC 6750 allows in a description. */
function quotable(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^\x20-\x7e]|\\/g, '?')
}
