import { redisEventStore, verifyArchive } from '@ordershop/event-store'
import { faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { s3Objects } from '../src/s3.ts'
import { bucket, credentials, type S3Server, startVersitygw } from './versitygw.ts'

const catalog = {
  topics: ['note'],
  schemaVersion: () => 1,
  parse: (_topic: string, type: string, _version: number, data: unknown) => ({ type, data }),
}

let redis: RedisServer
let server: S3Server
beforeAll(async () => {
  redis = await startRedis()
  server = await startVersitygw()
})
afterAll(async () => {
  server.stop()
  await redis.stop()
})

test('a log is archived whole and once by two members whose network to S3 is cut again and again', async () => {
  const network = await faultyProxy(server.port)
  const connect = (port: number) =>
    s3Objects({
      bucket,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials,
      requestMs: 2_000,
    })
  const stores = [1, 2].map(() =>
    redisEventStore({
      redis: { url: redis.url },
      catalog,
      clientName: 'archiver',
      partitions: 2,
      observer: {},
    }),
  )
  const [store] = stores as [(typeof stores)[0]]
  const events = 3_000
  await Promise.all(
    Array.from({ length: events }, (_, n) =>
      store.append({
        ...{ topic: 'note', entityId: `note-${n}`, expected: 0, commandId: `note ${n}` },
        events: [{ type: 'noted', data: { text: `number ${n} ${'x'.repeat(500)}` } }],
      }),
    ),
  )
  const archivers = stores.map((one) =>
    one.archive({ objects: connect(network.port), events: 100, ageMs: 0, leaseMs: 1_000 }),
  )
  const cutting = setInterval(() => network.cut(), 70)
  const direct = connect(server.port)
  const verified = () =>
    Promise.all([0, 1].map((partition) => verifyArchive(direct, { topic: 'note', partition })))
  const archived = async () => (await verified()).reduce((sum, found) => sum + found.events, 0)
  // Cut until half of it is there.
  await expect.poll(archived, { timeout: 40_000, interval: 200 }).toBeGreaterThan(events / 2)
  clearInterval(cutting)
  await expect.poll(archived, { timeout: 40_000, interval: 200 }).toBe(events)
  expect((await verified()).map(({ problem }) => problem)).toEqual([null, null])
  await Promise.all(archivers.map((archiver) => archiver.stop()))
  await Promise.all(stores.map((one) => one.close()))
  await network.close()
})
