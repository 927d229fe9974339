// What it costs to tell callers: the same requests through two gateways, one that asks who calls and one that does not.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKeyLine, newApiKey } from '@ordershop/contracts'
import { startRedis } from '@ordershop/event-store/testing'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Agent, request } from 'undici'
import { during } from './load.ts'
import { measure, type Result, scaled } from './measure.ts'
import { cpuMsOf, processesOn } from './processes.ts'

const concurrency = 64
const warmUpMs = 3_000
/** Short, so that a machine that slows down slows both. */
const turnMs = 500
const customer = JSON.stringify({ name: 'Ada', email: 'ada@example.com' })
const methods = ['GET', 'POST'] as const
const [issuer, audience] = ['https://id.example', 'https://shop.example']
/** Each request hashes the key and compares it with all of them. */
const otherKeys = 20

type Method = (typeof methods)[number]
type Gateway = { readonly url: string; readonly pid: number | undefined }

export async function callersSuite(): Promise<Result[]> {
  const redis = await startRedis('--appendfsync', 'everysec')
  const processes = processesOn(redis.url, 'memory')
  const folder = mkdtempSync(join(tmpdir(), 'bench-callers-'))
  const { env, apiKey, token } = await credentials(folder)
  const CUSTOMER_URL = await processes.start('customer')
  await processes.start('read-model')
  const gateway = async (more: Record<string, string>): Promise<Gateway> => {
    const url = await processes.start('gateway', { CUSTOMER_URL, ...more })
    return { url, pid: processes.children.at(-1)?.pid }
  }
  const [open, asking] = [await gateway({}), await gateway(env)]
  const agent = new Agent({ connections: concurrency })

  const send = async (url: string, method: Method, credential?: string) => {
    const json = { 'content-type': 'application/json' }
    const headers = credential ? { ...json, authorization: `Bearer ${credential}` } : json
    const sent = method === 'POST' ? { body: customer } : {}
    const answer = await request(url, { dispatcher: agent, method, headers, ...sent })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`)
    return text
  }
  const [id] = JSON.parse(await send(`${open.url}/customers`, 'POST')) as [string]
  const paths = { GET: `/customer/${id}`, POST: '/customers' }
  const perSecond = ({ url }: Gateway, method: Method, credential?: string, ms = turnMs) =>
    during(scaled(ms), concurrency, () => send(url + paths[method], method, credential))
  const perProcessorSecond = async (at: Gateway, method: Method, credential?: string) => {
    const [started, before] = [performance.now(), cpuMsOf(at.pid)]
    const rate = await perSecond(at, method, credential)
    return (rate * (performance.now() - started)) / (cpuMsOf(at.pid) - before)
  }

  const results: Result[] = []
  const cases = Object.entries({ 'an API key': apiKey, 'a token': token })
  for (const [method, [what, credential]] of methods.flatMap((name) =>
    cases.map((one) => [name, one] as const),
  )) {
    for (const at of [open, asking])
      await perSecond(at, method, at === open ? undefined : credential, warmUpMs)
    for (const [unit, run] of [
      ['requests/s', perSecond],
      ["requests/s of the gateway's processor", perProcessorSecond],
    ] as const)
      results.push(
        await measure('callers', {
          name: `${method} of a customer with ${what}, ${concurrency} concurrent`,
          unit,
          contenders: [
            { name: 'AUTH=required', run: () => run(asking, method, credential) },
            { name: 'AUTH=none', run: () => run(open, method) },
          ],
          atLeast: { 'AUTH=none': 0.95 },
        }),
      )
  }
  await agent.close()
  await processes.stop()
  await redis.stop()
  rmSync(folder, { recursive: true })
  return results
}

/** An API key and a token, and what a gateway must know to take them. */
async function credentials(folder: string) {
  const keys = Array.from({ length: 1 + otherKeys }, () => newApiKey())
  const lines = keys.map((key) => apiKeyLine(key, { name: 'bench', roles: 'write' }))
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const files = { AUTH_API_KEYS_FILE: join(folder, 'api-keys'), AUTH_JWKS_FILE: join(folder, 'jwks.json') }
  writeFileSync(files.AUTH_API_KEYS_FILE, lines.join('\n'))
  writeFileSync(files.AUTH_JWKS_FILE, JSON.stringify({ keys: [await exportJWK(publicKey)] }))
  const token = await new SignJWT({ roles: ['write'] })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('bench')
    .setExpirationTime('1h')
    .sign(privateKey)
  const env = { AUTH: 'required', AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, ...files }
  return { env, apiKey: keys.at(-1) as string, token }
}
