// Requests to one service and through the gateway, beside an Express that echoes: same load, same machine, same round.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@ordershop/core/id'
import { startRedis } from '@ordershop/event-store/testing'
import { keyFiles, newKeys, writeKeys } from '@ordershop/shop'
import { Agent, request } from 'undici'
import { during } from './load.ts'
import { measure, type Result, scaled } from './measure.ts'
import { processesOn } from './processes.ts'

const concurrency = 64
/** Until V8 has compiled what is hot, in all processes. */
const warmUpMs = 6_000
const customer = { name: 'Ada', email: 'ada@example.com' }

export async function httpSuite(): Promise<Result[]> {
  const redis = await startRedis('--appendfsync', 'everysec')
  const processes = processesOn(redis.url, 'memory')
  const echo = await processes.program('echo.ts')
  const service = await processes.start('customer')
  const agent = new Agent({ connections: concurrency })

  const requests = (
    method: 'GET' | 'POST',
    url: string,
    body?: () => object,
    clients = concurrency,
    ms = 1_000,
  ) =>
    during(scaled(ms), clients, async () => {
      const answer = await request(url, {
        dispatcher: agent,
        method,
        headers: { 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body()) } : {}),
      })
      const text = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`)
      return text
    })
  const single = () => customer
  const forService = () => ({ items: [{ customer_id: newId(), ...customer }] })
  const echoed = { name: 'Express echo', run: () => requests('POST', `${echo}/customers`, single) }
  const unit = 'requests/s'
  await requests('POST', `${service}/customers`, forService, concurrency, warmUpMs)
  const posted = await measure('http', {
    name: `POST of a customer to its service, ${concurrency} concurrent`,
    unit,
    contenders: [
      { name: 'ours', run: () => requests('POST', `${service}/customers`, forService) },
      { ...echoed, run: () => requests('POST', `${echo}/customers`, forService) },
    ],
    atLeast: { 'Express echo': 0.5 },
  })

  // Only now: the read model follows the customers, too.
  await processes.start('read-model')
  const gateway = await processes.start('gateway', { CUSTOMER_URL: service })
  const [id] = (await (
    await fetch(`${gateway}/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(customer),
    })
  ).json()) as [string]

  await requests('POST', `${gateway}/customers`, single, concurrency, warmUpMs)
  const results = [
    posted,
    await measure('http', {
      name: `POST of a customer to the gateway until it can be read, ${concurrency} concurrent`,
      unit,
      contenders: [{ name: 'ours', run: () => requests('POST', `${gateway}/customers`, single) }, echoed],
      atLeast: { 'Express echo': 0.35 },
    }),
    await measure('http', {
      name: `GET of a customer from the gateway, ${concurrency} concurrent`,
      unit,
      contenders: [
        { name: 'ours', run: () => requests('GET', `${gateway}/customer/${id}`) },
        { name: 'Express echo', run: () => requests('GET', `${echo}/customers/${id}`) },
      ],
      atLeast: { 'Express echo': 0.5 },
    }),
    await measure('http', {
      name: "POST of a customer to the gateway, 16 concurrent for 8 s: the load of the article's sample, no error",
      unit,
      contenders: [{ name: 'ours', run: () => requests('POST', `${gateway}/customers`, single, 16, 8_000) }],
    }),
  ]
  // The same, between a gateway that signs and a service that lets in nothing else.
  const keys = mkdtempSync(join(tmpdir(), 'bench-keys-'))
  writeKeys(keys, newKeys())
  const guarded = await processes.start('customer', { CALLER_KEYS_FILE: join(keys, keyFiles.commandCallers) })
  const signing = await processes.start('gateway', {
    CUSTOMER_URL: guarded,
    SIGNING_KEYS_FILE: join(keys, keyFiles.gatewaySigning),
  })
  await requests('POST', `${signing}/customers`, single, concurrency, warmUpMs)
  const signed = await measure('http', {
    name: `POST of a customer to the gateway, signed on its way to the service, ${concurrency} concurrent`,
    unit,
    contenders: [
      { name: 'ours', run: () => requests('POST', `${signing}/customers`, single) },
      { name: 'not signed', run: () => requests('POST', `${gateway}/customers`, single) },
    ],
    atLeast: { 'not signed': 0.95 },
  })
  await agent.close()
  await processes.stop()
  await redis.stop()
  rmSync(keys, { recursive: true })
  return [...results, signed]
}
