import { ways } from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { type Manifest, manifestsOf, ofKind, variable, type Workload, workloadsOf } from './manifests.ts'
import { isClosed, opened, openedOutside, openedTo, openedToDns } from './policies.ts'

const closed = ways.filter((way) => way !== 'bare')
const operators = ['toolbox', 'test']

function* pairs(manifests: readonly Manifest[]): Generator<[from: Workload, to: Workload]> {
  const workloads = workloadsOf(manifests)
  for (const from of workloads) for (const to of workloads) if (from !== to) yield [from, to]
}

/** Ports of `to` that URLs in the environment of `from` name. */
function called(from: Workload, to: Workload, scheme = /./): number[] {
  const all = [from.container, ...(from.pod.initContainers ?? [])].flatMap(({ env = [] }) => env)
  const urls = all.flatMap(({ value }) => (value?.includes('://') ? [new URL(value)] : []))
  const ports = urls
    .filter(({ hostname, protocol }) => hostname === to.fullName && scheme.test(protocol))
    .map(({ port }) => Number(port))
  return [...new Set(ports)].sort((a, b) => a - b)
}

/** What has probes and metrics at a port of their own. */
const servicesOf = (manifests: readonly Manifest[]) =>
  workloadsOf(manifests).filter((workload) => variable(workload, 'OPS_PORT') !== undefined)

/** Every pair of workloads for which `differ` has something to say. */
function differing(
  manifests: readonly Manifest[],
  differ: (from: Workload, to: Workload) => string | undefined,
): string[] {
  return [...pairs(manifests)].flatMap(([from, to]) => {
    const difference = differ(from, to)
    return difference ? [`${from.name} → ${to.name}: ${difference}`] : []
  })
}

test.each(closed)('%s: every pod is closed in both directions, but for what rules open', (way) => {
  const manifests = manifestsOf(way)
  for (const workload of workloadsOf(manifests))
    for (const direction of ['ingress', 'egress'] as const)
      expect(isClosed(manifests, direction, workload), `${workload.name} ${direction}`).toBe(true)
})

test.each(closed)('%s: what a pod may call lets it in, and whom a pod lets in may call it', (way) => {
  const manifests = manifestsOf(way)
  const differences = differing(manifests, (from, to) => {
    const out = opened(manifests, 'egress', from, to)
    const named = opened(manifests, 'ingress', to, from, true)
    const into = opened(manifests, 'ingress', to, from)
    const refused = out.filter((port) => !into.includes(port))
    const unused = named.filter((port) => !out.includes(port))
    if (refused.length > 0) return `may call ${refused}, which does not let it in`
    if (unused.length > 0) return `is let in at ${unused}, which it may not call`
    return undefined
  })
  expect(differences).toEqual([])
})

test.each(closed)('%s: the shop may call what its environment names, and nothing else', (way) => {
  const manifests = manifestsOf(way)
  const differences = differing(manifests, (from, to) => {
    const may = opened(manifests, 'egress', from, to).join()
    const does = called(from, to).join()
    if (operators.includes(from.name)) return undefined
    return may === does ? undefined : `may call ${may || 'nothing'}, calls ${does || 'nothing'}`
  })
  expect(differences).toEqual([])
})

test.each(closed)(
  '%s: operators reach what their environment names and the mailbox, but no service: they go through the gateway',
  (way) => {
    const manifests = manifestsOf(way)
    const differences = differing(manifests, (from, to) => {
      if (!operators.includes(from.name)) return undefined
      const may = opened(manifests, 'egress', from, to).join()
      const does = called(from, to).join()
      return may === does ? undefined : `may call ${may || 'nothing'}, calls ${does || 'nothing'}`
    })
    expect(differences).toEqual([])
  },
)

test.each(closed)(
  '%s: probes and metrics are at a port of their own, which no pod of the shop may call',
  (way) => {
    const manifests = manifestsOf(way)
    for (const workload of servicesOf(manifests)) {
      const { container, name } = workload
      const ops = container.ports?.find((port) => port.name === 'ops')
      expect(String(ops?.containerPort), name).toBe(variable(workload, 'OPS_PORT'))
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
        expect(probe?.httpGet?.port, name).toBe('ops')
      for (const other of workloadsOf(manifests))
        expect(opened(manifests, 'ingress', workload, other), `${other.name} → ${name}`).not.toContain(
          ops?.containerPort,
        )
    }
  },
)

test.each(closed)(
  "%s: every process may ask the cluster's DNS, over UDP and TCP; Redis, which knows no names, may not",
  (way) => {
    const manifests = manifestsOf(way)
    const dns = {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      protocols: ['UDP', 'TCP'],
    }
    for (const workload of workloadsOf(manifests))
      expect(openedToDns(manifests, workload), workload.name).toEqual(workload.name === 'redis' ? [] : [dns])
  },
)

test('a mail server is reached at its port, by the peers that are named', () => {
  const manifests = manifestsOf('standalone-tls')
  const [mail] = workloadsOf(manifests).filter(({ name }) => name === 'mail')
  expect(mail && openedOutside(manifests, mail)).toContain(465)
  const policy = ofKind(manifests, 'NetworkPolicy').find(({ metadata }) => metadata.name === mail?.fullName)
  expect(policy?.spec.egress).toContainEqual({
    ports: [{ port: 465 }],
    to: [{ ipBlock: { cidr: '203.0.113.25/32' } }],
  })
})

test('Prometheus is let in at the port of metrics, and nowhere else', () => {
  const manifests = manifestsOf('everything')
  const prometheus = { 'kubernetes.io/metadata.name': 'monitoring' }
  const services = servicesOf(manifests)
  expect(services.length).toBeGreaterThan(10)
  for (const workload of services)
    expect(openedTo(manifests, workload, prometheus), workload.name).toEqual(['ops'])
})

test.each(closed)('%s: servers run by others are reached at the ports that the environment names', (way) => {
  const manifests = manifestsOf(way)
  const own = workloadsOf(manifests).map(({ fullName }) => fullName)
  for (const workload of workloadsOf(manifests)) {
    const addresses = (workload.container.env ?? []).filter(({ name }) =>
      /^(REDIS|SMTP|ARCHIVE|AUTH_JWKS)_/.test(name),
    )
    const servers = addresses.flatMap(({ value = '' }) => [...value.matchAll(/([\w.-]+):(\d+)(?:[,/]|$)/g)])
    const foreign = servers.filter(([, host = '']) => !own.includes(host)).map(([, , port]) => Number(port))
    const open = openedOutside(manifests, workload)
    expect(open, `${workload.name} → ${foreign}`).toEqual(expect.arrayContaining(foreign))
  }
})

test('without a policy nothing is closed', () => {
  expect(ofKind(manifestsOf('bare'), 'NetworkPolicy')).toEqual([])
})
