import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keySetAt } from '../src/auth/key-sets.ts'
import { byToken } from '../src/auth/tokens.ts'
import { bodies, type FakeShop, fakeShop } from './fake-shop.ts'
import { audience, type OidcProvider, oidcProvider, signingKey } from './oidc-provider.ts'

const [first, second, third] = await Promise.all(['1', '2', '3'].map((kid) => signingKey(kid)))
if (!first || !second || !third) throw new Error('expected three keys')

let provider: OidcProvider
let shop: FakeShop

/** A shop that takes this provider's tokens. */
const shopOf = (options: Parameters<typeof keySetAt>[1] = {}, issuer = provider.issuer) =>
  fakeShop({
    mode: 'required',
    identify: byToken(keySetAt(provider.jwksUrl, options), {
      ...{ issuer, audience, algorithms: ['RS256', 'PS256'], clockSkewSeconds: 30, rolesClaim: 'scope' },
    }),
  })
const statusFor = async (token: string, at: FakeShop = shop) =>
  (await at.request('GET', '/orders', undefined, { authorization: `Bearer ${token}` })).status

beforeEach(async () => {
  // It warns of what would be wrong in production.
  for (const method of ['warn', 'info'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  provider = await oidcProvider([first])
  // A key that is not known is looked for at once, and a provider that was down is asked again at once.
  shop = await shopOf({ cooldownMs: 0, pauseMs: 0 })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await shop.close()
  await provider.stop()
})

test('a token by client credentials is taken, and what it may do is what it was granted', async () => {
  const [reads, writes] = [await provider.token('read'), await provider.token('write')]
  const write = (token: string) =>
    shop.request('POST', '/customers', bodies.customer, { authorization: `Bearer ${token}` })
  expect(await statusFor(reads)).toBe(200)
  expect((await write(reads)).status).toBe(403)
  expect((await write(writes)).status).toBe(200)
  expect(shop.sent.map(({ actor }) => actor)).toEqual(['till'])
  expect(provider.fetches()).toBe(1)
})

test('keys may be replaced while the shop runs: old tokens are good as long as their key is published', async () => {
  const old = await provider.token('read')
  expect(await statusFor(old)).toBe(200)
  provider.use([second, first])
  const young = await provider.token('read')
  expect(await statusFor(young)).toBe(200)
  expect(provider.fetches()).toBe(2)
  // Withdrawn before it was ever seen; the keys are fetched for the sake of another token.
  const unseen = await provider.token('write')
  provider.use([third])
  expect(await statusFor(await provider.token('read'))).toBe(200)
  expect(await statusFor(unseen)).toBe(401)
})

test('tokens of unknown keys do not have the keys fetched again and again', async () => {
  const calm = await shopOf()
  expect(await statusFor(await provider.token('read'), calm)).toBe(200)
  const stranger = await oidcProvider([second])
  const forged = await Promise.all(Array.from({ length: 20 }, () => stranger.token('read')))
  for (const token of forged) expect(await statusFor(token, calm)).toBe(401)
  expect(provider.fetches()).toBe(1)
  await Promise.all([stranger.stop(), calm.close()])
})

test('a token for another audience, of another issuer, or by an algorithm that is not allowed is refused', async () => {
  expect(await statusFor(await provider.token('read', 'https://other.example'))).toBe(401)
  const elsewhere = await shopOf({}, 'https://id.example')
  expect(await statusFor(await provider.token('read'), elsewhere)).toBe(401)
  await elsewhere.close()
  provider.use([await signingKey('ec', 'ES256'), first])
  expect(await statusFor(await provider.token('read'))).toBe(401)
})

test('while the keys cannot be fetched a token is 503, a key that is known goes on, and then all is well again', async () => {
  const [known, before] = [await provider.token('read'), await provider.token('write')]
  expect(await statusFor(known)).toBe(200)
  const late = await shopOf({ cooldownMs: 0, pauseMs: 0 })
  await provider.stop()
  const answer = await late.request('GET', '/orders', undefined, { authorization: `Bearer ${known}` })
  expect(answer).toMatchObject({ status: 503, body: { title: 'Service Unavailable' } })
  expect(await statusFor(before)).toBe(200)
  await provider.start()
  expect(await statusFor(known, late)).toBe(200)
  await late.close()
})

test('a provider that fails is not asked once for each request', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => provider.token('read')))
  provider.fail()
  const calm = await shopOf()
  for (const token of tokens) expect(await statusFor(token, calm)).toBe(503)
  expect(provider.fetches()).toBe(1)
  await calm.close()
})
