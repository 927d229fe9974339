import { apiKeyPrefix, parseApiKeys } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import type { Logger } from '@ordershop/service'
import type { RequestHandler } from 'express'
import type { JWTVerifyGetKey } from 'jose'
import { byApiKey } from './api-keys.ts'
import type { Identify } from './caller.ts'
import type { AuthConfig } from './config.ts'
import { guard } from './guard.ts'
import { keySetAt, keySetOf } from './key-sets.ts'
import { byToken } from './tokens.ts'
import { watchedFile } from './watched-file.ts'

export type Authentication = { readonly guard?: RequestHandler; close(): void }

/** What stands before the routes, as the environment asks for it; its files are read anew until `close`. */
export function authentication(config: AuthConfig, log: Logger): Authentication {
  const { AUTH, AUTH_API_KEYS_FILE: keysFile } = config
  if (AUTH === 'none') return { close() {} }
  const apiKeys = keysFile && watchedFile(keysFile.path, keysFile.text, parseApiKeys, log)
  const keySet = keySetFrom(config, log)
  const identify = either(
    apiKeys && byApiKey(apiKeys.current),
    keySet &&
      byToken(keySet.keys, {
        issuer: config.AUTH_ISSUER ?? '',
        audience: config.AUTH_AUDIENCE ?? '',
        algorithms: config.AUTH_ALGORITHMS,
        clockSkewSeconds: config.AUTH_CLOCK_SKEW_SECONDS,
        rolesClaim: config.AUTH_ROLES_CLAIM,
      }),
  )
  return {
    guard: guard(AUTH, identify),
    close() {
      apiKeys?.close()
      keySet?.close()
    },
  }
}

type KeySet = { readonly keys: JWTVerifyGetKey; close(): void }

function keySetFrom(
  { AUTH_JWKS_URL: url, AUTH_JWKS_FILE: file }: AuthConfig,
  log: Logger,
): KeySet | undefined {
  if (url !== undefined) return { keys: keySetAt(url), close() {} }
  if (file === undefined) return undefined
  const { current, close } = watchedFile(file.path, file.text, keySetOf, log)
  return { keys: (...asked) => current()(...asked), close }
}

/** Both come in the same header; an API key is told by its prefix. */
function either(keys: Identify | undefined, tokens: Identify | undefined): Identify {
  return (credential) => {
    const identify = credential.startsWith(apiKeyPrefix) ? keys : tokens
    if (identify) return identify(credential)
    throw new AppError('unauthorized', `credential: expected ${keys ? 'an API key' : 'a token'}, got another`)
  }
}
