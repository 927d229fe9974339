import { command } from '@ordershop/cluster/command'
import { restrictedNamespace } from '@ordershop/cluster/install'
import { serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { afterAll, expect, inject, test } from 'vitest'
import { deleteNamespace, openShop } from './cluster-shop.ts'
import { type Inside, knock, lookAround, resolveOverTcp } from './inside-pod.ts'

// Without DNS over TCP: where the DNS server's port is translated, a policy that lets it through may let all TCP through.
const udpOnly = ['networkPolicy.dns.ports[0].port=53', 'networkPolicy.dns.ports[0].protocol=UDP']
const overTcpToo = ['networkPolicy.dns.ports[1].port=53', 'networkPolicy.dns.ports[1].protocol=TCP']
const shop = await openShop('ordershop-test-network', { set: udpOnly })
const stranger = 'ordershop-test-stranger'
await restrictedNamespace(stranger)
afterAll(() => Promise.all([shop.namespace, stranger].map(deleteNamespace)))

/** Runs a program in a pod that no policy knows. */
async function startStranger(namespace: string, name: string, program: string): Promise<void> {
  const container = {
    name,
    image: `ordershop/ops:${inject('imageTag')}`,
    imagePullPolicy: 'IfNotPresent',
    args: ['--eval', program],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  }
  const overrides = JSON.stringify({ spec: { containers: [container], restartPolicy: 'Never' } })
  const pod = ['--image', container.image, '--restart=Never', '--overrides', overrides]
  await command('kubectl', ['--namespace', namespace, 'run', name, ...pod])
}

async function fromStranger(namespace: string, host: string, port: number): Promise<string> {
  const name = `knock-${port}-${Math.random().toString(36).slice(2, 7)}`
  await startStranger(namespace, name, knock(host, port))
  const ended = '--for=jsonpath={.status.phase}=Succeeded'
  await command('kubectl', ['--namespace', namespace, 'wait', `pod/${name}`, ended, '--timeout=60s'])
  return (await command('kubectl', ['--namespace', namespace, 'logs', name])).trim()
}

/** The address of a server that is no part of the shop: what the internet is to it. */
async function startOutside(): Promise<string> {
  await startStranger(stranger, 'outside', "require('node:net').createServer().listen(8080, '0.0.0.0')")
  const up = '--for=jsonpath={.status.phase}=Running'
  await command('kubectl', ['--namespace', stranger, 'wait', 'pod/outside', up, '--timeout=60s'])
  const address = ['get', 'pod', 'outside', '--output', 'jsonpath={.status.podIP}']
  return command('kubectl', ['--namespace', stranger, ...address])
}

/** Runs a program in a pod of the shop, as whoever broke into its process would. */
async function inside(service: string, program: string): Promise<string> {
  const node = ['/nodejs/bin/node', '--eval', program]
  return (await shop.kubectl('exec', `deploy/ordershop-${service}`, '--', ...node)).trim()
}

const fromService = (service: string, host: string, port: number) => inside(service, knock(host, port))

const inShop = (name: string) => `ordershop-${name}.${shop.namespace}.svc.cluster.local`
const outside = [await startOutside(), 8080] as const

test.each([
  ['gateway', 5000, 'open'],
  ['redis', 6379, 'refused'],
  ['order', 5004, 'refused'],
  ['monitor', 5009, 'refused'],
  ['mailbox', 5025, 'refused'],
] as const)('a stranger finds %s:%i %s', async (name, port, expected) => {
  expect(await fromStranger(stranger, inShop(name), port)).toBe(expected)
})

test("another pod in the shop's own namespace is refused just the same", async () => {
  expect(await fromStranger(shop.namespace, inShop('gateway'), 5000)).toBe('open')
  expect(await fromStranger(shop.namespace, inShop('redis'), 6379)).toBe('refused')
})

test.each(['gateway', 'order', 'mail', 'monitor', 'toolbox'])(
  '%s reaches Redis, and nothing outside the shop',
  async (service) => {
    expect(await fromStranger(stranger, ...outside)).toBe('open')
    expect(await fromService(service, inShop('redis'), 6379)).toBe('open')
    expect(await fromService(service, ...outside)).toBe('refused')
  },
)

test('a service takes nothing from whoever reaches it, but what the gateway has signed', async () => {
  const ask = `fetch('http://${inShop('order')}:5004/orders', { method: 'POST', body: '{}' }).then(({ status }) => console.log(status))`
  expect(await inside('gateway', ask)).toBe('401')
})

test.each([...serviceNames, 'mailbox', 'toolbox'])(
  '%s: a process that was broken into has no shell, no privileges, no token, and writes at most into its volume',
  async (service) => {
    const { files, ...found } = JSON.parse(await inside(service, lookAround)) as Inside
    expect(files).toBeGreaterThan(1_000)
    expect(found).toEqual({
      user: 65532,
      status: { Seccomp: '2', NoNewPrivs: '1', CapEff: '0'.repeat(16), CapBnd: '0'.repeat(16) },
      ...{ tools: [], privileged: [], hasToken: false },
      writable: service === 'archiver' ? ['/archive'] : [],
    })
    const shell = shop.kubectl('exec', `deploy/ordershop-${service}`, '--', 'sh', '-c', 'true')
    await expect(shell).rejects.toThrow(/"sh": executable file not found/)
  },
)

test("Redis, whose image has a shell, has no privileges, no token, and reaches nobody; it writes its volume's files alone", async () => {
  const inRedis = (script: string) => shop.kubectl('exec', 'ordershop-redis-0', '--', 'sh', '-c', script)
  const status = await inRedis('cat /proc/1/status')
  for (const line of [/^Seccomp:\t2$/m, /^NoNewPrivs:\t1$/m, /^Cap(Eff|Bnd):\t0{16}$/m])
    expect(status).toMatch(line)
  expect(await inRedis('ls -d /var/run/secrets/kubernetes.io || true')).toBe('')
  expect(
    await inRedis(
      'for folder in / /tmp /etc /usr/local/bin /data; do [ -w $folder ] && echo $folder; done; true',
    ),
  ).toBe('/data')
  const reach = (host: string, port: number) =>
    inRedis(`timeout 3 bash -c ': </dev/tcp/${host}/${port}' 2>/dev/null && echo open || echo refused`)
  expect(await reach('127.0.0.1', 6379)).toBe('open')
  expect(await reach(...outside)).toBe('refused')
})

test('an upgrade keeps the keys by which processes know each other', async () => {
  const keys = () => shop.kubectl('get', 'secret', 'ordershop-keys', '--output', 'jsonpath={.data}')
  const before = await keys()
  expect(Object.keys(JSON.parse(before))).toHaveLength(4)
  await shop.upgrade([])
  expect(await keys()).toBe(before)
})

test('services reach those they call, and no others', async () => {
  expect(await fromService('gateway', inShop('order'), 5004)).toBe('open')
  expect(await fromService('order', inShop('gateway'), 5000)).toBe('refused')
  expect(await fromService('crm', inShop('customer'), 5001)).toBe('refused')
  expect(await fromService('mail', inShop('mailbox'), 5025)).toBe('open')
})

// The last test: where the port of DNS is translated, this may have opened all TCP.
test('DNS is asked over UDP and, for long answers, over TCP', async () => {
  const overUdp = `require('node:dns').promises.resolve4('${inShop('gateway')}').then(({ length }) => console.log(length + ' addresses'))`
  expect(await inside('order', overUdp)).toBe('1 addresses')
  await shop.upgrade(overTcpToo)
  await eventually(async () =>
    expect(await inside('order', resolveOverTcp(inShop('gateway')))).toBe('1 addresses'),
  )
})
