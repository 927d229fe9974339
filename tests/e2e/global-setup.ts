// One shop serves all e2e files of a project: the first one that needs it starts it; it is stopped at the end, whatever has failed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { TestProject } from 'vitest/node'
import { newSandbox, type Sandbox } from './sandbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    sandbox: Sandbox
    /** A good token of somebody who has no role. */
    tokenWithoutRole: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Callers may say who they are; no key is listed until a test adds one.
  const keys = mkdtempSync(join(tmpdir(), 'ordershop-keys-'))
  const AUTH_API_KEYS_FILE = join(keys, 'api-keys')
  writeFileSync(AUTH_API_KEYS_FILE, '')
  const { token, ...tokens } = await issuer(join(keys, 'jwks.json'))
  const TRACE_URL = 'http://traces.example/{trace_id}'
  const env = { ARCHIVE_SEAL_MS: '1000', AUTH: 'optional', AUTH_API_KEYS_FILE, ...tokens, TRACE_URL }
  const { sandbox, end } = await newSandbox(project.name, env)
  project.provide('sandbox', sandbox)
  project.provide('tokenWithoutRole', token)
  return async () => {
    await end()
    rmSync(keys, { recursive: true })
  }
}

/** What a gateway must know of an issuer of tokens, and one of its tokens. */
async function issuer(AUTH_JWKS_FILE: string) {
  const [AUTH_ISSUER, AUTH_AUDIENCE] = ['https://issuer.example', 'ordershop']
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  writeFileSync(AUTH_JWKS_FILE, JSON.stringify({ keys: [await exportJWK(publicKey)] }))
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(AUTH_ISSUER)
    .setAudience(AUTH_AUDIENCE)
    .setSubject('nobody')
    .setExpirationTime('1h')
    .sign(privateKey)
  return { AUTH_JWKS_FILE, AUTH_ISSUER, AUTH_AUDIENCE, token }
}
