// The article's nine steps, as its own client takes them: github.com/redis-developer/ordershop, client/client.py

import { clientOf } from '@ordershop/check/client'
import { demoSteps } from '@ordershop/check/demo-steps'
import { settled } from '@ordershop/check/log'
import { shopClient } from '@ordershop/client'
import { AppError } from '@ordershop/core'
import type { Operations } from '@ordershop/event-store'
import { withProgress } from '@ordershop/ops/progress'
import { table } from '@ordershop/ops/table'
import { withStore } from '@ordershop/shop'
import { askShop, type ShopStatus, shopEnv } from './control.ts'
import { countKeys, type KeyCounts, withRedis } from './keys.ts'
import type { Settings } from './settings.ts'

const settleMs = 5_000

/** Takes the nine steps against the running shop, empty or filled, and prints what each did, to which keys. */
export async function runDemo(settings: Settings): Promise<void> {
  const status = await askShop(settings.socket)
  if (!status)
    throw new AppError('unavailable', 'demo: the shop is not running, expected `scripts/shop up` before')
  console.log(
    'The nine steps of "How to Use Redis as an Event Store for Communication Between Microservices"\n',
  )
  await withStore(shopEnv(settings.env, status), ({ ops }) => takeSteps(settings, status, ops))
}

async function takeSteps(settings: Settings, status: ShopStatus, ops: Operations): Promise<void> {
  const shop = clientOf([settings.gatewayUrl])
  const notReady = status.processes.filter(({ ready }) => !ready).map(({ service }) => service)
  let before = await keysOf(status)
  for (const [at, { title, take }] of demoSteps().entries()) {
    const said = await withProgress(title, async () => {
      const result = await take(shop)
      await settled({ ops }, notReady, settleMs).catch(() => {}) // shown as it is then
      return result
    })
    const after = await keysOf(status)
    console.log(`${at + 1}. ${title}: ${said}`)
    for (const line of changes(before, after)) console.log(`     ${line}`)
    before = after
  }
  console.log(`\n${await counts(settings)}\n`)
}

async function keysOf({ redis }: ShopStatus): Promise<KeyCounts> {
  return redis.url ? withRedis(redis.url, countKeys) : new Map()
}

/** Every kind of key whose number of elements changed: the log first, then the cache folded from it. */
function changes(before: KeyCounts, after: KeyCounts): string[] {
  const kinds = [...new Set([...before.keys(), ...after.keys()])]
  return kinds.sort(byLogThenName).flatMap((kind) => {
    const was = before.get(kind)?.count ?? 0
    const is = after.get(kind)?.count ?? 0
    const type = (after.get(kind) ?? before.get(kind))?.type ?? ''
    const by = is > was ? `+${is - was}` : `${is - was}`
    return is === was ? [] : [`${type.padEnd(6)} ${kind.padEnd(56)} ${by.padStart(4)} → ${is}`]
  })
}

function byLogThenName(one: string, other: string): number {
  const log = (kind: string) => Number(kind.startsWith('events:'))
  return log(other) - log(one) || one.localeCompare(other)
}

async function counts({ gatewayUrl, mailboxUrl, env }: Settings): Promise<string> {
  const { API_TOKEN: credential } = env
  const shop = shopClient({ url: gatewayUrl, ...(credential ? { credential } : {}) })
  const { data: report } = await shop.GET('/report')
  const { data: unbilled = [] } = await shop.GET('/orders/unbilled')
  const mails = await fetch(`${mailboxUrl}/messages`).then(
    async (response) => ((await response.json()) as readonly unknown[]).length,
    () => null,
  )
  const sizes = Object.fromEntries(
    Object.entries<readonly unknown[]>(report ?? {}).map(([list, items]) => [list, items.length]),
  )
  return table([{ ...sizes, unbilled: unbilled.length, mails }])
}
