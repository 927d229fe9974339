// What the chart gives to the k6-operator, run as the operator would: its scripts, in its pod, behind its NetworkPolicy.

import { chart, helm } from '@ordershop/chart-tools/chart'
import { command } from '@ordershop/cluster/command'
import { loadImages } from '@ordershop/cluster/loaded-images'
import { afterAll, expect, inject, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'

const namespace = 'ordershop-test-load'
const shop = await openShop(namespace)
const k6 = await k6Image()
afterAll(() => deleteNamespace(namespace))

type Manifest = { readonly kind: string; readonly metadata: { readonly name: string } }
type TestRun = Manifest & {
  readonly spec: {
    readonly script: { readonly configMap: { readonly name: string; readonly file: string } }
    readonly runner: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> }
      readonly env: readonly object[]
      readonly resources: object
      readonly securityContext: object
      readonly containerSecurityContext: object
      readonly volumes: readonly object[]
      readonly volumeMounts: readonly object[]
    }
  }
}

/** An image with the k6 of this machine: where images cannot be pulled, too. */
async function k6Image(): Promise<string> {
  const image = `ordershop/k6:${inject('imageTag')}`
  const folder = (await command('sh', ['-c', 'dirname "$(readlink -f "$(command -v k6)")"'])).trim()
  const dockerfile = 'FROM scratch\nCOPY k6 /usr/bin/k6\nENTRYPOINT ["/usr/bin/k6"]\n'
  await command('docker', ['build', '--quiet', '--tag', image, '--file', '-', folder], { input: dockerfile })
  await loadImages([image])
  return image
}

/** What the chart renders for a load test beside the shop that runs. */
function rendered(test: string): Manifest[] {
  const set = `loadTests.enabled=true,loadTests.test=${test},mailbox.enabled=true,toolbox.enabled=true`
  const { failed, stdout, stderr } = helm(
    'template',
    'ordershop',
    chart,
    '--namespace',
    namespace,
    '--set',
    set,
  )
  if (failed) throw new Error(`helm template failed: ${stderr}`)
  return parseAllDocuments(stdout).map((document) => document.toJS())
}

/** The runner as the operator makes it of a TestRun, https://github.com/grafana/k6-operator: pkg/resources/jobs/runner.go */
function jobOf({ metadata, spec: { script, runner } }: TestRun) {
  const container = {
    name: 'k6',
    image: k6,
    imagePullPolicy: 'IfNotPresent',
    args: ['run', '--quiet', `/test/${script.configMap.file}`, '--address=0.0.0.0:6565'],
    env: runner.env,
    resources: runner.resources,
    securityContext: runner.containerSecurityContext,
    volumeMounts: [{ name: 'scripts', mountPath: '/test' }, ...runner.volumeMounts],
  }
  const pod = {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: runner.securityContext,
    containers: [container],
    volumes: [{ name: 'scripts', configMap: { name: script.configMap.name } }, ...runner.volumes],
  }
  const template = { metadata: runner.metadata, spec: pod }
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 0, template } }
}

test.each(['smoke', 'order-journey'])('%s passes in the cluster', async (test) => {
  tellOnFailure(shop)
  const manifests = rendered(test)
  const run = manifests.find(({ kind }) => kind === 'TestRun') as TestRun
  const around = manifests.filter(
    ({ kind, metadata }) => kind === 'NetworkPolicy' || metadata.name === run.spec.script.configMap.name,
  )
  const job = jobOf(run)
  const items = [...around, job]
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
  await command('kubectl', ['--namespace', namespace, 'apply', '--filename', '-'], { input: list })
  const name = `job/${job.metadata.name}`
  // Whichever comes first: `wait` knows only one condition at a time.
  await Promise.any(
    ['Complete', 'Failed'].map((end) =>
      shop.kubectl('wait', name, `--for=condition=${end}`, '--timeout=120s'),
    ),
  )
  const log = await shop.kubectl('logs', name)
  expect(log).toContain(`## ${test}, short`)
  expect(log).toContain('| checks | rate==1 | 1 | yes |')
  expect(log).not.toContain('**no**')
})
