import { apiKeyPrefix, parseApiKeys } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { type Logger, reread } from '@ordershop/service'
import type { RequestHandler } from 'express'
import type { JWTVerifyGetKey } from 'jose'
import { byApiKey } from './api-keys.ts'
import type { Identify } from './caller.ts'
import type { AuthConfig } from './config.ts'
import { guard } from './guard.ts'
import { keySetAt, keySetOf } from './key-sets.ts'
import { byToken } from './tokens.ts'

/** How soon a key counts that was added, or does not that was taken off, in milliseconds. */
const keysEveryMs = 1_000

/** What stands before the routes, as the environment asks for it; its files are read anew when they change. */
export function authentication(config: AuthConfig, log: Logger): RequestHandler | undefined {
  const { AUTH, AUTH_API_KEYS_FILE: keysFile } = config
  if (AUTH === 'none') return undefined
  const keySet = keySetFrom(config, log)
  const identify = either(
    keysFile === undefined ? undefined : byApiKey(reread(keysFile, parseApiKeys, log, keysEveryMs)),
    keySet &&
      byToken(keySet, {
        issuer: config.AUTH_ISSUER ?? '',
        audience: config.AUTH_AUDIENCE ?? '',
        algorithms: config.AUTH_ALGORITHMS,
        clockSkewSeconds: config.AUTH_CLOCK_SKEW_SECONDS,
        rolesClaim: config.AUTH_ROLES_CLAIM,
      }),
  )
  return guard(AUTH, identify)
}

function keySetFrom(
  { AUTH_JWKS_URL: url, AUTH_JWKS_FILE: file }: AuthConfig,
  log: Logger,
): JWTVerifyGetKey | undefined {
  if (url !== undefined) return keySetAt(url)
  if (file === undefined) return undefined
  const current = reread(file, keySetOf, log, keysEveryMs)
  return (...asked) => current()(...asked)
}

/** Both come in the same header; an API key is told by its prefix. */
function either(keys: Identify | undefined, tokens: Identify | undefined): Identify {
  return (credential) => {
    const identify = credential.startsWith(apiKeyPrefix) ? keys : tokens
    if (identify) return identify(credential)
    throw new AppError('unauthorized', `credential: expected ${keys ? 'an API key' : 'a token'}, got another`)
  }
}
