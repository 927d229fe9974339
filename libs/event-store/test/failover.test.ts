import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import type { RedisSettings } from '@ordershop/event-store'
import { freePort, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { ledgerRows, movement } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'
import { startCluster } from './redis-cluster.ts'

/** Writes under load while `fail` takes a master away; fails if an acknowledged event is lost, doubled or unhandled. */
async function loadThrough(settings: RedisSettings, fail: () => Promise<void>): Promise<void> {
  const store = openStore('', { redis: settings, durability: { replicated: 1 }, partitions: 4 })
  await store.ready()
  const seen = new Set<string>()
  store.subscribe({
    ...quick,
    group: 'watchers',
    topics: ['account'],
    on: { moved: ({ event_id }) => void seen.add(event_id) },
  })
  store.project({ ...quick, name: 'ledger', topics: ['account', 'note'], project: ledgerRows })
  const acknowledged = new Map<string, number>()
  let count = 0
  let stop = false
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let i = 0; !stop; i++) {
      const id = `e-${client}-${i % 10}`
      const { version } = await store.append(movement(id, i)).catch(() => ({ version: 0 }))
      acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0))
      if (version > 0) count++
    }
  })
  await eventually(() => count > 300, { withinMs: 20_000 })
  await fail()
  const atFailure = count
  await eventually(() => count > atFailure + 300, { withinMs: 30_000 })
  stop = true
  await Promise.all(clients)

  await eventually(
    async () => {
      const lag = await store.ops.lag({ watchers: ['account'], 'ledger.v1': ['account'] })
      expect(lag.reduce((sum, each) => sum + each.lag, 0)).toBe(0)
    },
    { withinMs: 20_000 },
  )
  const last = await store.lastEvents(
    [...acknowledged.keys()].map((entityId) => ({ topic: 'account', entityId })),
  )
  const lost = [...acknowledged].filter(
    ([id, version]) => (last.find((event) => event?.entity_id === id)?.version ?? 0) < version,
  )
  const { events, problems } = await store.ops.verify('account')
  console.log(
    `acknowledged ${count}, stored ${events}, handled ${seen.size}, lost ${lost.length}, forks counted ${store.heard.forked}`,
  )
  expect(lost).toEqual([])
  expect(problems).toEqual([])
  expect(seen.size).toBeGreaterThanOrEqual(events)
  await store.close()
}

test('a Sentinel that accepts a request and never answers is skipped', async () => {
  const mute = createServer(() => {}).listen(await freePort(), '127.0.0.1')
  const master = await startRedis()
  const sentinels = await startSentinels(1, master, 0)
  const { port } = mute.address() as AddressInfo
  const named = [`127.0.0.1:${port}`, ...sentinels.addresses]
  const store = openStore('', { redis: { sentinels: named, masterName: 'mymaster' } })
  try {
    await store.ready()
    expect(store.health()).toEqual({ ready: true })
  } finally {
    await store.close()
    sentinels.stop()
    mute.close()
    await master.stop()
  }
})

test('a master killed under Sentinel loses no event that a replica has confirmed, and all members continue with the new master', async () => {
  const fast = ['--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1']
  const master = await startRedis(...fast)
  const replicas = await Promise.all(
    [0, 1].map(() => startRedis(...fast, '--replicaof', '127.0.0.1', String(master.port))),
  )
  await eventually(async () =>
    expect((await master.client.info('replication')).match(/state=online/g)).toHaveLength(2),
  )
  const sentinels = await startSentinels(3, master)
  try {
    await loadThrough({ sentinels: sentinels.addresses, masterName: 'mymaster' }, () => master.kill())
  } finally {
    sentinels.stop()
    await Promise.all([master, ...replicas].map((server) => server.stop()))
  }
})

test('a master killed in a Cluster loses no event that its replica has confirmed, and all members continue with the new master', async () => {
  const cluster = await startCluster(3)
  try {
    await loadThrough({ cluster: cluster.nodes }, () => (cluster.masters[0] as RedisServer).kill())
  } finally {
    await cluster.stop()
  }
})

async function startSentinels(count: number, master: RedisServer, replicas = 2) {
  const dir = mkdtempSync(join(tmpdir(), 'event-store-sentinel-'))
  const children: ChildProcess[] = []
  const addresses: string[] = []
  for (let k = 0; k < count; k++) {
    const port = await freePort()
    const file = join(dir, `sentinel-${k}.conf`)
    const lines = [
      'down-after-milliseconds mymaster 1000',
      'failover-timeout mymaster 5000',
      'parallel-syncs mymaster 2',
    ]
    const monitor = `sentinel monitor mymaster 127.0.0.1 ${master.port} 2`
    const text = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${dir}`,
      monitor,
      ...lines.map((line) => `sentinel ${line}`),
    ].join('\n')
    writeFileSync(file, text)
    children.push(spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' }))
    addresses.push(`127.0.0.1:${port}`)
  }
  for (const address of addresses) {
    const [host, port] = address.split(':') as [string, string]
    const sentinel = new Redis(Number(port), host)
    sentinel.on('error', () => {})
    await eventually(
      async () => {
        const flat = (await sentinel.call('SENTINEL', 'MASTER', 'mymaster')) as string[]
        const known = (name: string) => Number(flat[flat.indexOf(name) + 1])
        expect(known('num-slaves')).toBe(replicas)
        expect(known('num-other-sentinels')).toBe(count - 1)
      },
      { withinMs: 20_000 },
    )
    sentinel.disconnect()
  }
  return {
    addresses,
    stop() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
