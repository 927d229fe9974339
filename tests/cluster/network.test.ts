import { command } from '@ordershop/cluster/command'
import { restrictedNamespace } from '@ordershop/cluster/install'
import { afterAll, expect, inject, test } from 'vitest'
import { deleteNamespace, openShop } from './cluster-shop.ts'

// Without DNS over TCP: where the DNS server's port is translated, a policy that lets it through may let all TCP through.
const udpOnly = ['networkPolicy.dns.ports[0].port=53', 'networkPolicy.dns.ports[0].protocol=UDP']
const shop = await openShop('ordershop-test-network', { set: udpOnly })
const stranger = 'ordershop-test-stranger'
await restrictedNamespace(stranger)
afterAll(() => Promise.all([shop.namespace, stranger].map(deleteNamespace)))

/** Tries to connect and says `open`, or `refused` when nothing has answered within 2 s. */
const knock = (host: string, port: number) => `
  const socket = require('node:net').connect(${port}, '${host}')
  const say = (word) => { console.log(word); process.exit() }
  socket.setTimeout(2000, () => say('refused')).once('connect', () => say('open')).once('error', () => say('refused'))`

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

async function fromService(service: string, host: string, port: number): Promise<string> {
  const inside = ['/nodejs/bin/node', '--eval', knock(host, port)]
  return (await shop.kubectl('exec', `deploy/ordershop-${service}`, '--', ...inside)).trim()
}

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
  const inside = ['/nodejs/bin/node', '--eval', ask]
  expect((await shop.kubectl('exec', 'deploy/ordershop-gateway', '--', ...inside)).trim()).toBe('401')
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
