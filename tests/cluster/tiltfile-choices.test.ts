import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groups, serviceNames } from '@ordershop/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../root.ts'
import { argumentsOf, callsOf, needStarlark } from './tilt.ts'
import { containersOf, named, repositoryOf } from './tilt-objects.ts'
import { type Plan, planOf } from './tilt-plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'ordershop-tiltfile-'))
afterAll(() => rmSync(folder, { recursive: true }))

let shop: Plan

beforeAll(async () => {
  await needStarlark()
  shop = await planOf()
}, 180_000)

const namesIn = ({ resources }: Plan, label: string) =>
  [...resources.values()].filter(({ labels }) => labels.includes(label)).map(({ name }) => name)

test('without a choice only the shop is installed, and no load test is offered', () => {
  expect(argumentsOf(shop.calls, 'helm_resource')).toEqual([])
  expect(argumentsOf(shop.calls, 'local_resource')).toEqual([])
})

test('an unknown choice is refused, and the valid ones are listed', async () => {
  await expect(planOf({ flags: ['--autoscale'] })).rejects.toThrow(
    /unknown flag: --autoscale[\s\S]*--autoscaling/,
  )
})

test('an unknown function or argument of Tilt is refused', async () => {
  const tiltfile = join(folder, 'Tiltfile')
  const misspelt = (right: string, wrong: string) => {
    const text = readFileSync(join(root, 'Tiltfile'), 'utf8')
    expect(text).toContain(right)
    writeFileSync(tiltfile, text.replaceAll(right, wrong))
    return callsOf({ tiltfile })
  }
  await expect(misspelt('live_update=', 'live_updates=')).rejects.toThrow(
    "unexpected keyword argument 'live_updates'",
  )
  await expect(misspelt('icon_name=', 'icon=')).rejects.toThrow("unexpected keyword argument 'icon'")
  await expect(misspelt('port_forward(', 'forward_port(')).rejects.toThrow(
    'Variable `forward_port` not found',
  )
})

describe('buttons', () => {
  const button = ({ calls }: Plan, text: string) => {
    const found = argumentsOf(calls, 'cmd_button').find((one) => one.text === text)
    if (!found) throw new Error(`no button says "${text}"`)
    return found
  }

  test.each([
    ['lag', ['src/ops.ts', 'lag']],
    ['rebuild', ['src/ops.ts', 'rebuild', 'read-model']],
  ])('"%s" runs a program of the toolbox', (text, words) => {
    const { argv, resource } = button(shop, text)
    const toolbox = ['exec', 'deploy/ordershop-toolbox', '--', '/nodejs/bin/node']
    expect(argv).toEqual([
      'kubectl',
      '--context',
      'kind-ordershop',
      '--namespace',
      'ordershop',
      ...toolbox,
      ...words,
    ])
    expect(existsSync(join(root, 'tools/ops', words[0] as string))).toBe(true)
    const [container] = shop.manifests
      .filter(({ metadata }) => metadata.name === 'ordershop-toolbox')
      .flatMap(containersOf)
    expect(repositoryOf(container?.image ?? '')).toBe('ordershop/ops')
    expect([...shop.resources.keys()]).toContain(resource)
  })

  test('"place 100 orders" runs `scripts/shop orders` on this machine', () => {
    const { argv, resource } = button(shop, 'place 100 orders')
    expect(argv).toEqual(['./scripts/shop', 'orders', '100'])
    expect([...shop.resources.keys()]).toContain(resource)
  })

  test('"stop crm" and "start crm" scale it, to none and to one', () => {
    expect(named(shop.manifests, 'Deployment')).toContain('ordershop-crm')
    const words = (text: string) => button(shop, text).argv.slice(5)
    expect(words('stop crm')).toEqual(['scale', 'deploy/ordershop-crm', '--replicas=0'])
    expect(words('start crm')).toEqual(['scale', 'deploy/ordershop-crm', '--replicas=1'])
  })

  test('under KEDA they pause and resume it, as it would undo them', async () => {
    const scaled = await planOf({ flags: ['--autoscaling'] })
    expect(named(scaled.manifests, 'ScaledObject')).toContain('ordershop-crm')
    const words = (text: string) => button(scaled, text).argv.slice(5)
    const annotate = ['annotate', '--overwrite', 'scaledobject/ordershop-crm']
    expect(words('stop crm')).toEqual([...annotate, 'autoscaling.keda.sh/paused-replicas=0'])
    expect(words('start crm')).toEqual([...annotate, 'autoscaling.keda.sh/paused-replicas-'])
  })
})

test('--archive=off has no archiver, and no image of one is built', async () => {
  expect(shop.resources.get('archiver')?.labels).toEqual(['services'])
  const off = await planOf({ flags: ['--archive=off'] })
  expect([...off.resources.keys()]).not.toContain('archiver')
  expect(argumentsOf(off.calls, 'docker_build').map(({ ref }) => ref)).not.toContain('ordershop/archiver')
  expect(JSON.stringify(off.manifests)).not.toContain('ARCHIVE_URL')
  await expect(planOf({ flags: ['--archive=s3'] })).rejects.toThrow(
    '--archive=s3: expected one of volume, off',
  )
})

test('--autoscaling installs one version of KEDA, and only then has every consumer group scaled', async () => {
  const plan = await planOf({ flags: ['--autoscaling'] })
  const [keda] = argumentsOf(plan.calls, 'helm_resource')
  expect(keda).toMatchObject({
    name: 'keda',
    chart: 'kedacore/keda',
    namespace: 'keda',
    resource_deps: ['kedacore'],
  })
  expect(keda?.flags.join(' ')).toMatch(/--version=\d+\.\d+\.\d+$/)
  const scaled = plan.resources.get('scaled-objects')
  expect(scaled?.waitsFor).toEqual(['keda'])
  const deployments = scaled?.manifests.map(({ spec }) => spec?.scaleTargetRef?.name)
  const consumers = [...Object.keys(groups), 'read-model'].map((group) => `ordershop-${group}`)
  expect(deployments?.sort()).toEqual(consumers.sort())
})

test('--observability installs one version of Prometheus, which takes the monitors of the shop and may scrape it', async () => {
  const plan = await planOf({ flags: ['--observability'] })
  const [prometheus] = argumentsOf(plan.calls, 'helm_resource')
  expect(prometheus?.flags.join(' ')).toMatch(/--version=\d+\.\d+\.\d+ --values=/)
  for (const file of prometheus?.deps ?? []) expect(existsSync(file), file).toBe(true)
  expect(prometheus?.flags).toContain(`--values=${prometheus?.deps[0]}`)
  const monitors = plan.resources.get('monitors')
  expect(monitors?.waitsFor).toEqual([prometheus?.name])
  const kinds = new Set(monitors?.manifests.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(['PodMonitor', 'PrometheusRule'])
  for (const { kind, metadata } of monitors?.manifests ?? [])
    expect(metadata.labels?.release, kind).toBe(prometheus?.name)
  const policies = plan.manifests.filter(({ kind }) => kind === 'NetworkPolicy')
  expect(JSON.stringify(policies)).toContain(`{"kubernetes.io/metadata.name":"${prometheus?.namespace}"}`)
})

test('Grafana is at port 3000 in every cluster: mapped in kind, else forwarded', async () => {
  const flags = ['--observability']
  const inKind = await planOf({ flags })
  expect(inKind.resources.get('kube-prometheus-stack')?.links).toEqual(['http://127.0.0.1:3000/dashboards'])
  expect(argumentsOf(inKind.calls, 'local_resource')).toEqual([])
  const [forward] = argumentsOf((await planOf({ flags, context: 'minikube' })).calls, 'local_resource')
  expect(forward?.serve_cmd?.slice(-2)).toEqual(['service/kube-prometheus-stack-grafana', '3000:80'])
  expect(forward?.serve_cmd).toContain('minikube')
})

test('--load offers the load tests, each to be started by hand', async () => {
  const plan = await planOf({ flags: ['--load'] })
  const offered = namesIn(plan, 'load-tests')
  expect(offered.sort()).toEqual(['order-journey', 'replay', 'smoke', 'write-throughput'])
  for (const name of offered) {
    const waitsFor = ['gateway', 'monitor', 'mailbox']
    expect(plan.resources.get(name)).toMatchObject({ byHand: true, atStart: false, waitsFor })
    const run = argumentsOf(plan.calls, 'local_resource').find((one) => one.name === name)
    expect(run?.cmd).toEqual(['./scripts/load-test', name])
    expect(existsSync(join(root, 'load-tests', `${name}.ts`)), name).toBe(true)
  }
  expect(plan.resources.get('monitor')?.forwards).toEqual([5009])
})

test('`tilt ci` ends well only if orders are confirmed, placed when everything is ready', async () => {
  const ci = await planOf({ subcommand: 'ci', flags: ['--load'] })
  const check = ci.resources.get('orders-are-confirmed')
  expect(check).toMatchObject({ byHand: false, atStart: true })
  expect(check?.waitsFor).toEqual(expect.arrayContaining([...serviceNames, 'mailbox']))
  const run = argumentsOf(ci.calls, 'local_resource').find(({ name }) => name === 'orders-are-confirmed')
  expect(run?.cmd).toEqual(['./scripts/shop', 'orders', '10'])
  const neverReady = [...ci.resources.values()].filter(({ atStart }) => !atStart).map(({ name }) => name)
  expect(neverReady.sort()).toEqual(namesIn(ci, 'load-tests').sort())
})
