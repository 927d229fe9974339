import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { clientOf, each } from '@ordershop/check/client'
import { expectSound, settled } from '@ordershop/check/log'
import { deliveredMails } from '@ordershop/check/mails'
import { catalog } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { redisEventStore } from '@ordershop/event-store'
import { startRedis } from '@ordershop/event-store/testing'
import { portsFrom } from '@ordershop/local-shop/ports'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSandbox, opsCommand, shopCommand } from './sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'archive-'))
const redis = await startRedis()
const ARCHIVE_URL = pathToFileURL(folder).href
// Archived is what the operator has sealed, and nothing behind it.
const { sandbox, end } = await newSandbox('restore', {
  ...{ REDIS_URL: redis.url, ARCHIVE_URL },
  SHOP_ARCHIVE: 'off',
})
const ports = portsFrom(sandbox.portBase)
const client = clientOf([`http://127.0.0.1:${ports.instance('gateway', 1)}`])
const open = () => redisEventStore({ redis: { url: redis.url }, catalog, clientName: 'test' })
let store = open()

beforeAll(() => shopCommand(sandbox, 'up', '--detach'))
afterAll(async () => {
  await store.close()
  await end()
  await redis.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Act = { operator: string; action: string; detail: string; outcome: string }

/** What operators have had done, and what became of it; those that are called as these tests are go without a name. */
async function acts(): Promise<string[][]> {
  const recorded = JSON.parse(await opsCommand(sandbox, '--json', 'audit')) as Act[]
  return recorded.map(({ operator, action, detail, outcome }) => {
    const words = [operator === userInfo().username ? '' : operator, action, detail]
    return [words.filter((word) => word !== '').join(' '), outcome]
  })
}

test('a shop whose Redis has lost everything is what it was when it was last archived, and sells on', async () => {
  const shown = () =>
    Promise.all(
      ['/report', '/customers', '/products', '/inventory', '/orders', '/billings'].map((path) =>
        client.get(path),
      ),
    )
  await settled(store)
  const before = await shown()
  await opsCommand(sandbox, 'archive', 'seal')
  await expect(opsCommand(sandbox, '--operator', 'eve', 'rebuild', 'nothing')).rejects.toThrow(
    /no projection/,
  )
  expect(await acts()).toEqual([
    ['archive seal', 'done'],
    ['eve rebuild nothing', expect.stringContaining('failed: no projection is called nothing')],
  ])
  const lost = each(5, (n) => ({ name: `Late ${n}`, email: `l${n}@restore.example` }))
  await client.post('/customers', lost)

  await shopCommand(sandbox, 'down')
  await store.close()
  await redis.client.flushall()
  const restored = JSON.parse(await opsCommand(sandbox, '--json', 'archive', 'restore')) as {
    events: number
  }[]
  store = open()
  // The trail of before was in the Redis that was lost.
  expect(await acts()).toEqual([['archive restore', 'done']])
  await shopCommand(sandbox, 'up', '--detach', '--no-demo')

  await settled(store)
  expect(await shown()).toEqual(before)
  const events = restored.reduce((sum, one) => sum + one.events, 0)
  console.log(`${events} events restored; ${lost.length} customers came after the last seal, and are gone`)
  const customer_id = await client.create('/customers', { name: 'Ada', email: 'ada@restore.example' })
  const product_id = await client.create('/products', { name: 'Rock', price: 5 })
  await client.post('/inventory', { product_id, amount: 5 })
  const order = await client.create('/orders', { customer_id, product_ids: [product_id] })
  await eventually(async () =>
    expect((await client.get<{ status: string }>(`/order/${order}`)).status).toBe('confirmed'),
  )
  await settled(store)
  await expectSound(store)
  // The mailbox is new: what had been sent is not sent again.
  const mailbox = { mailboxUrl: `http://127.0.0.1:${ports.mailbox}` }
  await eventually(async () => expect(await deliveredMails(mailbox, 'restore.example')).toHaveLength(3))
  expect(await deliveredMails(mailbox, '')).toHaveLength(3)
})
