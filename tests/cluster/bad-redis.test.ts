// What an operator sees when Redis is absent or unfit: one clear line, and pods that are not ready, do not restart, and
// work as soon as Redis does.

import { command } from '@ordershop/cluster/command'
import { installShop, restrictedNamespace } from '@ordershop/cluster/install'
import { serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { afterAll, expect, inject, test } from 'vitest'
import { deleteNamespace } from './cluster-shop.ts'

const namespace = 'ordershop-test-bad'
const patience = { withinMs: 60_000, everyMs: 500 }
const kubectl = (...args: string[]) => command('kubectl', ['--namespace', namespace, ...args])
const apply = (object: object) =>
  command('kubectl', ['--namespace', namespace, 'apply', '--filename', '-'], {
    input: JSON.stringify(object),
  })

await restrictedNamespace(namespace)
afterAll(() => deleteNamespace(namespace))
const secret = (name: string, password: string) =>
  apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { 'redis-password': password } })
await secret('wrong', 'wrong')
await secret('right', 'right')

/** Only `product` runs, which waits for no topic of another: what is wrong is wrong for all alike. */
const idle = serviceNames.filter((name) => name !== 'product').map((name) => `services.${name}.replicas=0`)

const podsOf = async (): Promise<string[]> =>
  (await kubectl('get', 'pods', '--selector', 'app.kubernetes.io/component=product', '--output', 'name'))
    .split('\n')
    .filter((name) => name !== '')

/** Installs without waiting, as it would not become ready. @returns the new pod of `product` */
async function install(...set: string[]): Promise<string> {
  const redis = ['redis.mode=standalone', 'redis.standalone.host=someredis']
  // Those of the case before may be ending yet, so that the newest pod need not be the new one.
  const known = await podsOf()
  await installShop({ namespace, tag: inject('imageTag'), set: [...idle, ...redis, ...set], wait: false })
  return eventually(
    async () => (await podsOf()).find((pod) => !known.includes(pod)) ?? expect.fail('no new pod yet'),
    patience,
  )
}

/** What the pod has logged that is no news of an ordinary start, once there is any. */
function complaintsOf(pod: string): Promise<string[]> {
  return eventually(async () => {
    const lines = (await kubectl('logs', pod)).trim().split('\n')
    const bad = lines
      .map((line) => JSON.parse(line))
      .filter(({ level }) => level === 'warn' || level === 'error')
    if (bad.length === 0) throw new Error(`${pod} has complained of nothing yet`)
    return bad.map(({ msg }) => msg as string)
  }, patience)
}

async function stateOf(pod: string) {
  const { containerStatuses } = JSON.parse(await kubectl('get', pod, '--output', 'json')).status
  const [{ ready, restartCount, state }] = containerStatuses
  return { ready, restartCount, running: 'running' in state }
}

const waiting = { ready: false, restartCount: 0, running: true }

test('an unreachable Redis is reported in one line; the pod waits, and continues when Redis is back', async () => {
  const pod = await install('redis.auth.existingSecret=right')
  expect(await complaintsOf(pod)).toEqual([expect.stringMatching(/^Redis cannot be reached: .*someredis/)])
  // Long enough for a liveness probe to have ended it, three times ten seconds.
  await eventually(async () => (await ageSeconds(pod)) > 45, { withinMs: 90_000, everyMs: 1_000 })
  expect(await stateOf(pod)).toEqual(waiting)
  expect(await complaintsOf(pod)).toHaveLength(1)
  await startRedis()
  await eventually(async () => expect(await stateOf(pod)).toEqual({ ...waiting, ready: true }), patience)
})

test.each([
  ['a wrong password', ['redis.auth.existingSecret=wrong'], /WRONGPASS/],
  [
    'another number of partitions',
    ['redis.auth.existingSecret=right', 'partitions=4'],
    /^topic \w+ has 8 partitions, this process expects 4: set PARTITIONS to 8$/,
  ],
] as const)(
  '%s is reported in one line, the new pod waits, and the old one keeps running',
  async (_, set, told) => {
    const pod = await install(...set)
    expect(await complaintsOf(pod)).toEqual([expect.stringMatching(told)])
    expect(await stateOf(pod)).toEqual(waiting)
    const pods = JSON.parse(
      await kubectl('get', 'pods', '--selector', 'app.kubernetes.io/component=product', '--output', 'json'),
    )
    const ready = pods.items.filter((item: { status: { containerStatuses: { ready: boolean }[] } }) =>
      item.status.containerStatuses.every((container) => container.ready),
    )
    expect(ready).toHaveLength(1)
    await command('helm', ['rollback', 'ordershop', '1', '--namespace', namespace, '--wait'])
  },
)

test('a Redis that evicts is reported in one line, and used once it no longer does', async () => {
  await cli('config', 'set', 'maxmemory-policy', 'allkeys-lru')
  const pod = await install('redis.auth.existingSecret=right', 'services.product.podAnnotations.again=yes')
  expect(await complaintsOf(pod)).toEqual([
    'Redis would evict events: maxmemory-policy is allkeys-lru, expected noeviction',
  ])
  expect(await stateOf(pod)).toEqual(waiting)
  await cli('config', 'set', 'maxmemory-policy', 'noeviction')
  await eventually(async () => expect(await stateOf(pod)).toEqual({ ...waiting, ready: true }), patience)
})

async function ageSeconds(pod: string): Promise<number> {
  const started = await kubectl('get', pod, '--output', 'jsonpath={.status.startTime}')
  return (Date.now() - Date.parse(started)) / 1_000
}

function cli(...args: string[]): Promise<string> {
  return kubectl('exec', 'someredis', '--', 'redis-cli', '-a', 'right', '--no-auth-warning', ...args)
}

/** One that fits, with the password `right`. */
async function startRedis(): Promise<void> {
  const labels = { app: 'someredis' }
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'someredis' },
    spec: { selector: labels, ports: [{ port: 6379 }] },
  })
  const fit = [
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--no-appendfsync-on-rewrite',
    'no',
    '--save',
    '',
  ]
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'someredis', labels },
    spec: {
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 999,
        fsGroup: 999,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'redis',
          image: 'redis:8.0',
          args: ['redis-server', '--requirepass', 'right', ...fit],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', emptyDir: {} }],
    },
  })
}
