import { setTimeout as delay } from 'node:timers/promises'
import { clientOf, each } from '@ordershop/check/client'
import { steadyLoad } from '@ordershop/check/load'
import { expectSound, settled } from '@ordershop/check/log'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const frozenMs = 20_000
const stoppedMs = 30_000
const mostLines = 20
const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()], [200, 202])

type Line = {
  level: string
  msg: string
  correlationId?: string
  status?: number
  path?: string
  key?: string
}

test('a minute without Redis, half of it frozen and half of it gone, is fewer than 20 log lines of each process under load', async () => {
  const customers = await client.post(
    '/customers',
    each(10, (n) => ({ name: `Calm ${n}`, email: `c${n}@outage.example` })),
  )
  const product_id = await client.create('/products', { name: 'Umbrella', price: 5 })
  await client.post('/inventory', { product_id, amount: 1_000 })
  await settled(store)
  const processes = (await shop.ready()).filter(({ service }) => service !== 'redis' && service !== 'mailbox')
  expect(processes).toHaveLength(11)

  // Orders that are on their way when Redis goes keep every reaction busy; reads and writes keep coming.
  const orders = steadyLoad(20, (n) =>
    client.create('/orders', { customer_id: customers[n % 10] as string, product_ids: [product_id] }),
  )
  const reads = steadyLoad(20, () => client.get('/report'))
  const scrapes = steadyLoad(1, () => fetch(`http://127.0.0.1:${portOf('monitor')}/metrics`))
  await delay(1_000)
  const redisPid = await shop.pidOf('redis')
  process.kill(redisPid, 'SIGSTOP')
  const began = performance.now()
  const before = new Map(processes.map(({ instance }) => [instance, shop.logOf(instance).length]))
  await delay(frozenMs)
  // It does not hear that it is to stop, so it is killed: no request gets through in between.
  await shop.run('stop', 'redis')
  await delay(stoppedMs)
  const outageMs = performance.now() - began
  await Promise.all([orders.stop(), reads.stop(), scrapes.stop()])
  await shop.run('start', 'redis')
  await shop.ready()

  const told = new Map(
    processes.map(({ instance }) => {
      const lines = shop.logOf(instance).slice(before.get(instance))
      // What Redis had answered before it froze is served still.
      const served = ({ status = 503 }: Line) => status < 300
      return [instance, lines.map((line) => JSON.parse(line) as Line).filter((line) => !served(line))]
    }),
  )
  expect(outageMs).toBeGreaterThan(60_000)
  const counts = [...told].map(([instance, lines]) => `${instance} ${lines.length}`)
  console.log(`lines in an outage of ${Math.round(outageMs / 1_000)} s: ${counts.join(', ')}`)
  console.log(`refused meanwhile: ${orders.refusals()}; ${reads.refusals()}`)
  for (const [instance, lines] of told) {
    expect([instance, lines.length < mostLines ? 'few' : lines.map(({ msg }) => msg)]).toEqual([
      instance,
      'few',
    ])
    // Somebody must hear of it all the same.
    expect([instance, lines.some(({ level }) => level === 'warn' || level === 'error')]).toEqual([
      instance,
      true,
    ])
    const ofOne = lines.filter(({ path, key }) => path !== undefined || key !== undefined)
    expect(ofOne.filter(({ correlationId }) => !correlationId)).toEqual([])
  }
  expect([...told.values()].flat().filter(({ path }) => path)).not.toEqual([])
  await settled(store)
  await expectSound(store)

  function portOf(service: string) {
    return processes.find((one) => one.service === service)?.port
  }
})
