import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { expect } from 'vitest'

/** A real Redis Cluster on loopback: masters, one replica of each, and one more of the first, which may be lost. */
export type RedisCluster = {
  readonly masters: readonly RedisServer[]
  readonly replicas: readonly RedisServer[]
  readonly nodes: readonly string[]
  flush(): Promise<void>
  stop(): Promise<void>
}

const slots = 16_384

/** Starts one; fails when it is not whole within 20 s. */
export async function startCluster(size: number): Promise<RedisCluster> {
  const options = [
    '--cluster-enabled',
    'yes',
    '--cluster-node-timeout',
    '1000',
    '--repl-diskless-sync-delay',
    '0',
  ]
  const servers = await Promise.all(Array.from({ length: 2 * size + 1 }, () => startRedis(...options)))
  const [masters, replicas] = [servers.slice(0, size), servers.slice(size)]
  for (const [k, { client }] of masters.entries()) {
    const [first, last] = [Math.ceil((k * slots) / size), Math.ceil(((k + 1) * slots) / size) - 1]
    await client.call('CLUSTER', 'ADDSLOTSRANGE', first, last)
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', k + 1)
  }
  const [first] = masters as [RedisServer]
  for (const { port } of servers.slice(1)) await first.client.cluster('MEET', '127.0.0.1', port)
  const whole = async ({ client }: RedisServer) =>
    expect(await client.cluster('INFO')).toMatch(
      new RegExp(`cluster_state:ok[\\s\\S]*cluster_known_nodes:${2 * size + 1}`),
    )
  await Promise.all(masters.map((server) => eventually(() => whole(server), { withinMs: 20_000 })))
  for (const [k, { client }] of replicas.entries()) {
    const id = await (masters[k % size] as RedisServer).client.cluster('MYID')
    await eventually(() => client.cluster('REPLICATE', id), { withinMs: 20_000 })
  }
  for (const { client } of masters)
    await eventually(async () => expect(await client.info('replication')).toContain('state=online'), {
      withinMs: 20_000,
    })
  return {
    masters,
    replicas,
    nodes: masters.map(({ port }) => `127.0.0.1:${port}`),
    flush: async () => void (await Promise.all(masters.map(({ client }) => client.flushall()))),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}
