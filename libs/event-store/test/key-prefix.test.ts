import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { allPartitions } from '../src/log/partition.ts'
import { connect } from '../src/redis/connection.ts'
import { redisVersions } from '../src/redis/redis-versions.ts'
import { account, cents, ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { type RedisCluster, startCluster } from './redis-cluster.ts'

type Store = ReturnType<typeof openStore>

describe('two applications', () => {
  let redis: RedisServer
  let cluster: RedisCluster
  beforeAll(async () => {
    ;[redis, cluster] = await Promise.all([startRedis(), startCluster(3)])
  })
  afterAll(() => Promise.all([redis.stop(), cluster.stop()]))

  for (const kind of ['Redis', 'Cluster'] as const)
    describe(`that share one ${kind} under prefixes of their own`, () => {
      const prefixes = ['shop:', 'bank.']
      let stores: Store[] = []
      beforeEach(async () => {
        const reached = kind === 'Redis' ? { url: redis.url } : { cluster: cluster.nodes }
        stores = prefixes.map((keyPrefix) =>
          openStore('', { redis: { ...reached, keyPrefix }, durability: 'memory', partitions: 2 }),
        )
        await Promise.all(stores.map((store) => store.ready()))
      })
      afterEach(() => Promise.all(stores.map((store) => store.close())))

      test('have logs, groups, rows and rebuilds of their own', async () => {
        const seen: number[][] = [[], []]
        const running = stores.map((store, k) => {
          const on = { moved: ({ data }: { data: { cents: number } }) => void seen[k]?.push(data.cents) }
          store.subscribe({ ...quick, group: 'watchers', topics: ['account'], on })
          return store.project({ ...quick, name: 'ledger', topics: ['account'], project: ledgerRows })
        })
        await Promise.all(stores.map((store, k) => store.append(movement('a', k + 1))))
        await eventually(() => expect(seen).toEqual([[1], [2]]))
        for (const [k, store] of stores.entries()) {
          expect(cents(await store.readEntity(account('a')))).toEqual([k + 1])
          expect(await store.ops.verify('account')).toMatchObject({ events: 1, problems: [] })
          const row = { topic: 'account', partition: store.partitionOf('a'), row: 'account_movements:a' }
          const query = { command: 'LRANGE', args: [0, -1], ...row } as const
          await eventually(async () =>
            expect(await store.cache('ledger').query([query])).toEqual([[String(k + 1)]]),
          )
        }
        await stores[0]?.ops.rebuild('ledger', ['account'])
        await eventually(() => expect(running.map((projection) => projection.live())).toEqual([2, 1]))
      })

      test('delete the retired rows of their own projections only', async () => {
        const [shop, bank] = prefixes
        const clients = kind === 'Redis' ? [redis.client] : cluster.masters.map(({ client }) => client)
        const rows = async (prefix = '') =>
          (await Promise.all(clients.map((client) => client.keys(`${prefix}*}:ledger.v1*`)))).flat().length
        const before = await Promise.all([rows(shop), rows(bank)])
        expect(Math.min(...before)).toBeGreaterThan(0)
        const settings = kind === 'Redis' ? { url: redis.url } : { cluster: cluster.nodes }
        const connection = connect({ ...settings, keyPrefix: shop ?? '' }, 'test')
        await eventually(() => connection.status === 'ready')
        await redisVersions(connection).deleteVersion('ledger', 1, allPartitions(['account'], 2))
        expect([await rows(shop), await rows(bank)]).toEqual([0, before[1]])
        connection.disconnect()
      })

      test('put their prefix before every key there is', async () => {
        const clients = kind === 'Redis' ? [redis.client] : cluster.masters.map(({ client }) => client)
        const found = (await Promise.all(clients.map((client) => client.keys('*')))).flat()
        expect(found.length).toBeGreaterThan(20)
        expect(found.filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([])
      })
    })

  for (const keyPrefix of ['{shop}', 'shop*', 'a b', 'x'.repeat(65)])
    test(`refuse '${keyPrefix.slice(0, 9)}' as a prefix`, () => {
      expect(() => openStore('', { redis: { url: redis.url, keyPrefix } })).toThrow(
        /key prefix is .*expected up to 64/,
      )
    })
})
