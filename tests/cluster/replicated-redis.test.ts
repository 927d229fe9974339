// Redis run by others, where each service is a user of its own and a replica takes over: the master's pod is killed under load.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from '@ordershop/cluster/command'
import { restrictedNamespace } from '@ordershop/cluster/install'
import { eventually } from '@ordershop/core/testing'
import { acl } from '@ordershop/ops/acl'
import { redisUsers } from '@ordershop/shop'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../root.ts'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const sound = { lost: 0, overtaken: 0, staleRows: 0, orders: { confirmed: expect.any(Number) } }
/** For a replica to take over: it is noticed after five seconds, and the vote may have to be repeated. */
const patience = { withinMs: 60_000, everyMs: 500 }
/** Random, as an operator would make one. */
const password = crypto.randomUUID()

/** Applies one of our own manifests, with the Secret that it expects, and waits until its pods are ready. */
async function startRedis(namespace: string, manifest: string, secret: string, set: string): Promise<void> {
  await restrictedNamespace(namespace)
  onTestFinished(() => deleteNamespace(namespace))
  const kubectl = (...args: string[]) => command('kubectl', ['--namespace', namespace, ...args])
  await kubectl('create', 'secret', 'generic', secret, `--from-literal=redis-password=${password}`)
  await createUsers(kubectl)
  await kubectl('apply', '--filename', join(root, 'k8s/redis', manifest))
  await kubectl('rollout', 'status', `statefulset/${set}`, '--timeout=3m')
}

/** The Secrets with the users of Redis, for its nodes and for the services, as docs/security.md has them made. */
async function createUsers(kubectl: (...args: string[]) => Promise<string>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'redis-users-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  for (const user of redisUsers) await writeFile(join(dir, user), crypto.randomUUID())
  await kubectl('create', 'secret', 'generic', 'redis-users', `--from-file=${dir}`)
  await writeFile(join(dir, 'default'), password)
  await kubectl('create', 'secret', 'generic', 'redis-acl', `--from-literal=users.acl=${acl(dir)}`)
}

/** Each service as a user of its own, who may not read how often the append-only file reaches the disk. */
const asUsers = ['redis.acl.existingSecret=redis-users', 'redis.appendfsync=always']

/** Keeps a killed pod away, as the loss of its node would: one that is back within five seconds stays master. */
async function cordonNodes(): Promise<() => Promise<unknown>> {
  const names = ['get', 'nodes', '--output', 'jsonpath={.items[*].metadata.name}']
  const nodes = (await command('kubectl', names)).split(' ')
  const uncordon = () => command('kubectl', ['uncordon', ...nodes])
  onTestFinished(async () => {
    await uncordon()
  })
  await command('kubectl', ['cordon', ...nodes])
  return uncordon
}

test('with Sentinel, the master killed under load costs no acknowledged order, and the shop continues with the new one', async () => {
  const namespace = 'ordershop-test-sentinel'
  await startRedis(namespace, 'sentinel.yaml', 'redis', 'redis-node')
  const shop = await openShop(namespace, {
    valuesFiles: ['k8s/ordershop-sentinel.values.yaml'],
    set: asUsers,
  })
  tellOnFailure(shop)
  // Asked of a pod that is not the one killed: node 0 is the first master.
  const ask = ['redis-cli', '-p', '26379', 'sentinel', 'get-master-addr-by-name', 'mymaster']
  const master = async () =>
    (await shop.kubectl('exec', 'redis-node-1', '--container', 'sentinel', '--', ...ask)).split('.')[0]
  expect(await master()).toBe('redis-node-0')
  const drill = await startDrill(shop, 'sentinel')
  await drill.more(30)
  const uncordon = await cordonNodes()
  await shop.kubectl('delete', 'pod', 'redis-node-0', '--force', '--grace-period=0')
  await eventually(async () => expect(await master()).not.toBe('redis-node-0'), patience)
  await uncordon()
  await drill.more(60, 120_000)
  expect(await drill.finish()).toMatchObject(sound)
})

test('with Redis Cluster, a master killed under load costs no acknowledged order, and the shop continues with its replica', async () => {
  const namespace = 'ordershop-test-cluster'
  await startRedis(namespace, 'cluster.yaml', 'redis-cluster', 'redis-cluster')
  const shop = await openShop(namespace, { valuesFiles: ['k8s/ordershop-cluster.values.yaml'], set: asUsers })
  tellOnFailure(shop)
  const masters = async () => {
    const nodes = await shop.kubectl('exec', 'redis-cluster-5', '--', 'redis-cli', 'cluster', 'nodes')
    const working = nodes.split('\n').filter((line) => line.includes('master') && !line.includes('fail'))
    return working.map((line) => line.split(' ')[0]).sort()
  }
  const first = await masters()
  expect(first).toHaveLength(3)
  const drill = await startDrill(shop, 'cluster')
  await drill.more(30)
  const uncordon = await cordonNodes()
  await shop.kubectl('delete', 'pod', 'redis-cluster-0', '--force', '--grace-period=0')
  await eventually(async () => {
    const now = await masters()
    expect(now).toHaveLength(3)
    expect(now).not.toEqual(first)
  }, patience)
  await uncordon()
  await drill.more(60, 120_000)
  expect(await drill.finish()).toMatchObject(sound)
})
