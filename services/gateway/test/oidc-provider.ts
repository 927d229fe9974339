// A real OpenID provider on loopback: `oidc-provider`, which is certified, with one client that gets tokens for itself.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

const client = { client_id: 'till', client_secret: 'till-secret' }
export const audience = 'https://shop.example'

export type OidcProvider = Awaited<ReturnType<typeof oidcProvider>>

/** A private key to sign with. */
export async function signingKey(kid: string, alg: 'RS256' | 'ES256' = 'RS256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' }
}

/** Signs with the first of `keys`, and publishes all of them. */
export async function oidcProvider(keys: readonly JWK[]) {
  let handle: RequestListener = () => {}
  let fetches = 0
  const server = createServer((request, response) => {
    if (request.url === '/jwks') fetches++
    handle(request, response)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const use = (next: readonly JWK[]) => {
    handle = providerOf(issuer, next).callback()
  }
  use(keys)
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    /** How often its keys were asked for. */
    fetches: () => fetches,
    /** From now on signs with the first of these, and publishes these alone. */
    use,
    /** From now on answers everything with 500. */
    fail() {
      handle = (_request, response) => response.writeHead(500).end()
    },
    token: (scope: string, resource = audience) => tokenFrom(issuer, scope, resource),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    start: () => listen(port),
  }
}

function providerOf(issuer: string, keys: readonly JWK[]): Provider {
  const alg = keys[0]?.alg === 'ES256' ? 'ES256' : 'RS256'
  return new Provider(issuer, {
    clients: [{ ...client, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
    jwks: { keys: [...keys] },
    scopes: ['read', 'write', 'ops'],
    cookies: { keys: ['unused'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          ...{ scope: 'read write ops', audience: resource, accessTokenTTL: 600 },
          ...{ accessTokenFormat: 'jwt', jwt: { sign: { alg } } },
        }),
      },
    },
  })
}

/** A token by the client-credentials grant, RFC 6749 section 4.4. */
async function tokenFrom(issuer: string, scope: string, resource: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope, resource })
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body,
  })
  const { access_token: token, ...rest } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`no token: ${answer.status} ${JSON.stringify(rest)}`)
  return token
}
