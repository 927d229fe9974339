import { render } from '@ordershop/chart-tools/chart'
import { eventually } from '@ordershop/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { run } from './kubernetes-schemas.ts'

// Kinds that the cluster has to be taught; kubeconform has their schemas.
const custom = ['ScaledObject', 'HTTPRoute', 'PodMonitor', 'PrometheusRule', 'TestRun']
const namespace = `chart-checks-${process.pid}`

function kubectl(args: readonly string[], input?: string) {
  return run('kubectl', ['--namespace', namespace, ...args], input)
}

/** What the API server has to say of manifests, as Helm 4 sends them, in a namespace that is `restricted`. */
function answerTo(manifests: string): { failed: boolean; stderr: string } {
  return kubectl(['apply', '--server-side', '--dry-run=server', '--filename', '-'], manifests)
}

beforeAll(async () => {
  const labels = ['enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`)
  for (const args of [
    ['create', 'namespace', namespace],
    ['label', 'namespace', namespace, ...labels],
  ]) {
    const { failed, stderr } = run('kubectl', args)
    if (failed) throw new Error(`kubectl reaches no cluster that lets it in, expected one: ${stderr}`)
  }
  await eventually(() => !kubectl(['get', 'serviceaccount', 'default']).failed, { withinMs: 60_000 })
})

afterAll(() => void run('kubectl', ['delete', 'namespace', namespace, '--wait=false']))

// The ways whose pods differ; the API server takes its time.
test.each(['default', 'everything', 'standalone-tls'])(
  '%s: a cluster that demands restricted pods takes everything, without a warning',
  (way) => {
    const known = parseAllDocuments(render(way)).filter(
      (document) => !custom.includes(String(document.get('kind'))),
    )
    const { failed, stderr } = answerTo(known.map(String).join('---\n'))
    expect(failed, stderr).toBe(false)
    expect(stderr).toBe('')
  },
)

test('a pod that may become root causes a warning', () => {
  const deployment = parseAllDocuments(render('default')).find(
    (document) => document.get('kind') === 'Deployment',
  )
  const lax = String(deployment).replace('runAsNonRoot: true', 'runAsNonRoot: false')
  expect(answerTo(lax).stderr).toMatch(/Warning: would violate PodSecurity "restricted.*runAsNonRoot/)
})
