// Redis run by others, where a replica takes over: the master's pod is killed under load.
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { command } from '../src/command.ts'
import { restrictedNamespace } from '../src/install.ts'
import { root } from '../src/settings.ts'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const sound = { lost: 0, overtaken: 0, staleRows: 0, orders: { confirmed: expect.any(Number) } }
/** Random, as an operator would make one. */
const password = crypto.randomUUID()

/** Applies one of our own manifests, with the Secret that it expects, and waits until its pods are ready. */
async function startRedis(namespace: string, manifest: string, secret: string, set: string): Promise<void> {
  await restrictedNamespace(namespace)
  onTestFinished(() => deleteNamespace(namespace))
  const kubectl = (...args: string[]) => command('kubectl', ['--namespace', namespace, ...args])
  await kubectl('create', 'secret', 'generic', secret, `--from-literal=redis-password=${password}`)
  await kubectl('apply', '--filename', join(root, 'k8s/redis', manifest))
  await kubectl('rollout', 'status', `statefulset/${set}`, '--timeout=3m')
}

it('with Sentinel, the master killed under load costs no acknowledged order, and the shop goes on with the next', async () => {
  const namespace = 'ordershop-test-sentinel'
  await startRedis(namespace, 'sentinel.yaml', 'redis', 'redis-node')
  const shop = await openShop(namespace, { valuesFiles: ['k8s/ordershop-sentinel.values.yaml'] })
  tellOnFailure(shop)
  const ask = (...words: string[]) =>
    shop.kubectl(
      'exec',
      'redis-node-0',
      '--container',
      'sentinel',
      '--',
      'sh',
      '-c',
      `REDISCLI_AUTH=${password} redis-cli -p 26379 ${words.join(' ')}`,
    )
  const master = async () =>
    (await ask('sentinel', 'get-master-addr-by-name', 'mymaster')).split('.')[0] ?? ''
  const first = await master()
  const drill = await startDrill(shop, 'sentinel')
  await drill.more(30)
  await shop.kubectl('delete', 'pod', first, '--force', '--grace-period=0')
  await drill.more(60, 120_000)
  expect(await drill.finish()).toMatchObject(sound)
})

it('with Redis Cluster, a master killed under load costs no acknowledged order, and the shop goes on with its replica', async () => {
  const namespace = 'ordershop-test-cluster'
  await startRedis(namespace, 'cluster.yaml', 'redis-cluster', 'redis-cluster')
  const shop = await openShop(namespace, { valuesFiles: ['k8s/ordershop-cluster.values.yaml'] })
  tellOnFailure(shop)
  const nodes = await shop.kubectl(
    'exec',
    'redis-cluster-5',
    '--',
    'sh',
    '-c',
    `REDISCLI_AUTH=${password} redis-cli cluster nodes`,
  )
  expect(nodes.match(/master/g)).toHaveLength(3)
  const drill = await startDrill(shop, 'cluster')
  await drill.more(30)
  await shop.kubectl('delete', 'pod', 'redis-cluster-0', '--force', '--grace-period=0')
  await drill.more(60, 120_000)
  expect(await drill.finish()).toMatchObject(sound)
})
