import {
  CompactSign,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  type JWTVerifyGetKey,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { expect, test } from 'vitest'
import { byToken, rolesIn } from './tokens.ts'

const issuer = 'https://id.example'
const audience = 'https://shop.example'
const nowMs = Date.parse('2026-11-30T12:00:00Z')
const nowS = nowMs / 1_000
const rules = {
  ...{ issuer, audience, algorithms: ['ES256'], clockSkewSeconds: 30, rolesClaim: 'roles' },
}

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const stranger = await generateKeyPair('ES256')
const rsa = await generateKeyPair('RS256')
const jwks = {
  keys: [
    { ...(await exportJWK(publicKey)), kid: 'a' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa' },
  ],
}
const keys = createLocalJWKSet(jwks)

const claims: JWTPayload = {
  ...{ iss: issuer, aud: audience, sub: 'ada', exp: nowS + 600, roles: ['write', 'admin'] },
}
const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([known]) => known !== name))
const signed = (payload: JWTPayload, header: object = {}, key = privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'a', ...header }).sign(key)
const identify = (token: string, now = nowMs) => byToken(keys, rules, () => now)(token)

test('a token is its subject’s, with the roles that it names and the shop knows', async () => {
  expect(await identify(await signed(claims))).toEqual({
    ...{ id: 'token/ada', actor: 'ada', roles: new Set(['read', 'write']) },
  })
  expect(await identify(await signed({ ...claims, aud: ['other', audience] }))).toBeDefined()
})

const tampered = async () => {
  const [header, , signature] = (await signed(claims)).split('.')
  const payload = Buffer.from(JSON.stringify({ ...claims, roles: ['ops'] })).toString('base64url')
  return [header, payload, signature].join('.')
}
const publicKeyAsSecret = async () =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'a' })
    .sign(new TextEncoder().encode(await exportSPKI(publicKey)))
const critical = async () =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: 'a', crit: ['x'], x: 1 })
    .sign(privateKey, { crit: { x: true } })
const ownKey = async () =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(stranger.publicKey) })
    .sign(stranger.privateKey)

test.each<[string, () => Promise<string> | string, RegExp]>([
  ['expired', () => signed({ ...claims, exp: nowS - 31 }), /"exp" claim/],
  ['not valid yet', () => signed({ ...claims, nbf: nowS + 31 }), /"nbf" claim/],
  ['of another issuer', () => signed({ ...claims, iss: 'https://id.example/' }), /"iss" claim/],
  ['for another audience', () => signed({ ...claims, aud: 'https://other.example' }), /"aud" claim/],
  ['without an issuer', () => signed(without('iss')), /"iss" claim/],
  ['without an audience', () => signed(without('aud')), /"aud" claim/],
  ['without an end', () => signed(without('exp')), /"exp" claim/],
  ['without a subject', () => signed(without('sub')), /"sub" claim/],
  ['of an empty subject', () => signed({ ...claims, sub: '' }), /expected a sub of 1 to 255/],
  ['of a subject with a line break', () => signed({ ...claims, sub: 'a\nx-a: b' }), /expected a sub/],
  ['of a subject of 256 characters', () => signed({ ...claims, sub: 'x'.repeat(256) }), /expected a sub/],
  ['changed', tampered, /signature verification failed/],
  ['signed by a stranger', () => signed(claims, {}, stranger.privateKey), /signature verification failed/],
  ['of an unknown key', () => signed(claims, { kid: 'b' }), /no applicable key/],
  ['that brings its own key', ownKey, /signature verification failed|no applicable key/],
  ['not signed', () => new UnsecuredJWT(claims).encode(), /"alg"|Invalid/],
  ['signed by HMAC with the public key', publicKeyAsSecret, /"alg"/],
  [
    'signed by an algorithm that is not allowed',
    () => signed(claims, { alg: 'RS256', kid: 'rsa' }, rsa.privateKey),
    /"alg"/,
  ],
  ['with a critical extension', critical, /Extension Header Parameter "x"/],
  ['cut off', async () => (await signed(claims)).slice(0, -9), /signature|Invalid/],
  ['no token at all', () => 'x.y.z', /Invalid|invalid/],
])('a token that is %s is refused', async (_what, forge, message) => {
  const refused = identify(await forge())
  await expect(refused).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(message),
  })
})

test('clocks may be 30 s apart, either way', async () => {
  expect(await identify(await signed({ ...claims, exp: nowS - 29 }))).toBeDefined()
  expect(await identify(await signed({ ...claims, nbf: nowS + 29 }))).toBeDefined()
})

test('a token is looked at once in a minute, and again when its time is up', async () => {
  let [now, looks] = [nowMs, 0]
  const counted: JWTVerifyGetKey = (...asked) => {
    looks++
    return keys(...asked)
  }
  const remembering = byToken(counted, rules, () => now)
  const [long, brief] = [await signed(claims), await signed({ ...claims, exp: nowS + 10 })]
  for (const token of [long, long, brief, brief]) await remembering(token)
  expect(looks).toBe(2)
  now += 10_000
  await remembering(brief) // its issuer's clock may be behind
  await remembering(brief)
  expect(looks).toBe(4)
  now += 30_000
  await expect(remembering(brief)).rejects.toThrow(/"exp" claim/)
  now += 20_000
  await remembering(long)
  expect(looks).toBe(6)
})

test.each<[Record<string, unknown>, string, string[]]>([
  [{ roles: ['read'] }, 'roles', ['read']],
  [{ scope: 'openid write' }, 'scope', ['read', 'write']],
  [{ realm_access: { roles: ['ops'] } }, 'realm_access.roles', ['read', 'write', 'ops']],
  [{ 'https://shop.example/roles': ['read'] }, 'https://shop.example/roles', ['read']],
  [{ roles: [{ read: true }, 7, null] }, 'roles', []],
  [{ roles: { read: true } }, 'roles', []],
  [{ roles: true }, 'roles', []],
  [{ roles: 'readwrite Read' }, 'roles', []],
  [{}, 'roles', []],
  [{}, 'constructor.name', []],
  [{ a: 'read' }, 'a.length', []],
])('%j at %s gives %j', (claims, name, roles) => {
  expect([...rolesIn(claims, name)]).toEqual(roles)
})
