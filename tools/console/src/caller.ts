import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '@ordershop/core'
import { httpError } from '@ordershop/service'
import type { RequestHandler } from 'express'

const local = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Lets in whoever sends the password; without one whoever calls this machine by a name of its own. */
export function callers(password: (() => string) | undefined): RequestHandler {
  if (password === undefined) return localNames
  return ({ method, path, headers }, response, next) => {
    const [, sent] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
    if (sent !== undefined && isSame(sent, password())) return next()
    response.set('www-authenticate', 'Bearer realm="console"')
    const got = headers.authorization === undefined ? 'none' : 'another'
    throw new AppError(
      'unauthorized',
      `${method} ${path}: expected Authorization: Bearer with the password, got ${got}`,
    )
  }
}

/** A name that leads here by somebody else's DNS comes with a page of theirs, to which the answers would belong. */
const localNames: RequestHandler = ({ headers }, _response, next) => {
  const { host = '' } = headers
  next(local.test(host) ? undefined : httpError(421, `host ${host}: expected localhost or 127.0.0.1`))
}

/** Takes as long whatever was sent. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
