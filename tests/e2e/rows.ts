// The rows of the read model, as they are in Redis and as the gateway shows them.
import type { Client, Inventory, Order } from '@ordershop/check/client'
import { foldOrders, foldStock } from '@ordershop/check/stock'
import type { ShopEvent } from '@ordershop/contracts'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'

/** All rows that a version of the read model has written: name without the version → content. */
export async function rowsOfVersion(redis: Redis, version: number): Promise<ReadonlyMap<string, unknown>> {
  const named = await redis.keys(`*}:read-model.v${version}*`)
  const rows = named.filter((name) => !/^(sub|parked|requests|decisions|replaying):/.test(name)).sort()
  const read = async (name: string) =>
    [name.replace(`.v${version}`, ''), await contentOf(redis, name)] as const
  return new Map(await Promise.all(rows.map(read)))
}

async function contentOf(redis: Redis, name: string): Promise<unknown> {
  const type = await redis.type(name)
  if (type === 'hash') return redis.hgetall(name)
  if (type === 'list') return redis.lrange(name, 0, -1)
  if (type === 'set') return (await redis.smembers(name)).sort()
  return redis.zrange(name, 0, -1)
}

/** What is shown of every order and of every product's stock is what a fold of the whole log gives. */
export async function expectRowsAsFolded(
  client: Pick<Client, 'get'>,
  events: readonly ShopEvent[],
): Promise<void> {
  const shown = (await client.get<Order[]>('/orders')).map(
    ({ id, status, billing_id }) => [id, billing_id ? 'billed' : status] as const,
  )
  const orders = [...foldOrders(events)].filter(([, { status }]) => status !== 'deleted')
  expect(new Map(shown)).toEqual(new Map<string, string>(orders.map(([id, { status }]) => [id, status])))
  const byProduct = Map.groupBy(await client.get<Inventory[]>('/inventory'), ({ product_id }) => product_id)
  const left = [...byProduct].map(
    ([id, records]) => [id, records.reduce((sum, { amount }) => sum + amount, 0)] as const,
  )
  const stocks = [...foldStock(events)].map(([id, stock]) => [id, stock.left] as const)
  expect(new Map(left)).toEqual(new Map(stocks))
}
