import { setTimeout as delay } from 'node:timers/promises'
import { clientOf, each } from '@ordershop/check/client'
import { eventsSince, expectSound, lags, mark, settled } from '@ordershop/check/log'
import { deliveredMails, deservedMails, expectDelivered } from '@ordershop/check/mails'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const outageMs = 60_000
/** The longest pause of a partition between two attempts. */
const longestPauseMs = 30_000
const domain = 'smtp-outage.example'
const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])

test('an SMTP outage of a minute parks nothing, and every mail arrives once when it is over', async () => {
  await settled(store)
  const start = await mark(store)
  await shop.run('stop', 'mailbox')
  const down = performance.now()
  let looks = 0
  let customers = 0
  while (performance.now() - down < outageMs) {
    // A new customer every few seconds, so that mails come at every stage of the back-off.
    if (looks++ % 10 === 0)
      customers += (
        await client.post(
          '/customers',
          each(2, (n) => ({ name: `Patient ${n}`, email: `p${n}@${domain}` })),
        )
      ).length
    expect(await store.ops.parked('mail', ['mail'])).toEqual([])
    await delay(200)
  }
  const waiting = (await lags(store))
    .filter(({ group }) => group === 'mail')
    .reduce((sum, { lag }) => sum + lag, 0)
  expect(waiting).toBeGreaterThan(0)
  expect(await store.ops.parked('mail', ['mail'])).toEqual([])

  await shop.run('start', 'mailbox')
  const up = performance.now()
  const deserved = deservedMails(await eventsSince(store, start))
  expect(deserved).toHaveLength(customers)
  await expectDelivered(shop, domain, deserved, longestPauseMs + 15_000)
  console.log(
    `${customers} mails waited through ${outageMs / 1_000} s without SMTP; 0 parked, all delivered once ${((performance.now() - up) / 1_000).toFixed(1)} s after it was back`,
  )
  await settled(store)
  expect(await deliveredMails(shop, domain)).toEqual(deserved)
  await expectSound(store)
})
