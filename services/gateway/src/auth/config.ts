import { parseApiKeys } from '@ordershop/contracts'
import { fileOf, isLoopback, wholeNumber } from '@ordershop/service'
import { z } from 'zod'
import { keySetOf } from './key-sets.ts'

const asymmetric = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

const algorithms = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .refine(
    (list) => list.every((name) => asymmetric.includes(name)),
    `expected some of ${asymmetric.join(',')}`,
  )
  .default(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'])

/** How callers are told: see README.md. */
export const authVariables = {
  /** Whether callers must say who they are. */
  AUTH: z.enum(['none', 'optional', 'required']).default('none'),
  /** Where the keys of the issuer of tokens are: this or the next. */
  AUTH_JWKS_URL: z
    .string()
    .refine((url) => URL.canParse(url) && /^https?:\/\/(?!\S*@)\S+$/.test(url), 'expected https://host/path')
    .optional(),
  AUTH_JWKS_FILE: fileOf('a JSON Web Key Set', keySetOf).optional(),
  /** `iss` of every token. */
  AUTH_ISSUER: z.string().optional(),
  /** In `aud` of every token. */
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_ALGORITHMS: algorithms,
  /** How far the clocks of issuer and gateway may be apart; default 30. */
  AUTH_CLOCK_SKEW_SECONDS: wholeNumber(0, 300).default(30),
  /** The claim with a caller's roles, or a path to it; default `roles`. */
  AUTH_ROLES_CLAIM: z.string().default('roles'),
  /** Lines of `ordershop-ops api-keys new`. */
  AUTH_API_KEYS_FILE: fileOf('a file of API keys', parseApiKeys).optional(),
}
export type AuthConfig = z.output<z.ZodObject<typeof authVariables>>

/** What single variables cannot say. */
export function checkAuth(config: AuthConfig, context: z.RefinementCtx<unknown>): void {
  const refuse = (name: keyof AuthConfig, expected: string) =>
    context.addIssue({ code: 'custom', path: [name], message: `expected ${expected}`, input: config[name] })
  const { AUTH, AUTH_JWKS_URL, AUTH_JWKS_FILE, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_API_KEYS_FILE } = config
  const takesTokens = AUTH_JWKS_URL !== undefined || AUTH_JWKS_FILE !== undefined
  const takesAny = takesTokens || AUTH_API_KEYS_FILE !== undefined
  if (AUTH === 'none' && takesAny)
    refuse('AUTH', 'optional or required, with AUTH_JWKS_URL, AUTH_JWKS_FILE or AUTH_API_KEYS_FILE set')
  if (AUTH !== 'none' && !takesAny)
    refuse('AUTH', 'none, or AUTH_JWKS_URL, AUTH_JWKS_FILE or AUTH_API_KEYS_FILE beside it')
  if (AUTH_JWKS_URL !== undefined && AUTH_JWKS_FILE !== undefined)
    refuse('AUTH_JWKS_URL', 'only one of AUTH_JWKS_URL and AUTH_JWKS_FILE')
  if (takesTokens && AUTH_ISSUER === undefined) refuse('AUTH_ISSUER', 'the issuer of tokens')
  if (takesTokens && AUTH_AUDIENCE === undefined) refuse('AUTH_AUDIENCE', 'the audience of tokens')
  if (!takesTokens && (AUTH_ISSUER !== undefined || AUTH_AUDIENCE !== undefined))
    refuse('AUTH_JWKS_URL', 'where the keys are, with AUTH_ISSUER or AUTH_AUDIENCE set')
}

/** Whether anybody on the network may do anything. */
export function isOpenToAll({ AUTH, HOST }: { readonly AUTH: string; readonly HOST: string }): boolean {
  return AUTH === 'none' && !isLoopback(HOST)
}
