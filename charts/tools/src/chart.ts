// The chart as helm renders it. HELM names another helm than the one on PATH.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './root.ts'

export const chart = join(root, 'charts/ordershop')

/** The ways of running that are tested: the files of `ci/`, without `.values.yaml`. */
export const ways: readonly string[] = globSync('ci/*.values.yaml', { cwd: chart })
  .map((file) => basename(file, '.values.yaml'))
  .sort()

/** Those whose rendering is kept, for a diff to show: on its own, beside a Redis of the cluster, and all that can be switched on. */
export const goldenWays = ['default', 'everything', 'sentinel'] as const

export const valuesOf = (way: string) => join(chart, `ci/${way}.values.yaml`)
export const goldenOf = (way: string) => join(chart, `golden/${way}.yaml`)

/** Runs helm to its end; a helm that is missing is an error, a command that fails is an answer. */
export function helm(...args: string[]): { failed: boolean; stdout: string; stderr: string } {
  const program = process.env.HELM || 'helm'
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (error)
    throw new Error(`${program}: ${error.message}; expected Helm 3.18 or newer on PATH, or its path in HELM`)
  return { failed: status !== 0, stdout, stderr }
}

type Rendering = { readonly release?: string; readonly namespace?: string; readonly set?: readonly string[] }

/** The manifests of one way of running, for the oldest Kubernetes that the chart promises. */
export function render(
  way: string,
  { release = 'ordershop', namespace = 'shop', set = [] }: Rendering = {},
): string {
  const where = ['--namespace', namespace, '--kube-version', '1.30.0']
  const values = ['--values', valuesOf(way), ...set.flatMap((value) => ['--set', value])]
  const { failed, stdout, stderr } = helm('template', release, chart, ...where, ...values)
  if (failed) throw new Error(`${way}: helm template failed: ${stderr}`)
  // Helm 4 leaves a blank line between documents, Helm 3 does not.
  return stdout.replaceAll('\n\n---\n', '\n---\n').replace(/\n+$/, '\n')
}

/** Writes renderings into `folder`, as `<way>.yaml`, in place of what it holds. */
export function renderInto(folder: string, some: readonly string[] = ways, rendering: Rendering = {}): void {
  const renderings = some.map((way) => [way, render(way, rendering)] as const)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [way, manifests] of renderings) writeFileSync(join(folder, `${way}.yaml`), manifests)
}

/** Writes what is kept: without dashboards, which are files of their own, and keys, which are others each time. */
export function renderGoldens(folder: string): void {
  const keys = 'internalAuth.existingSecret=ordershop-keys'
  renderInto(folder, goldenWays, { set: ['monitoring.dashboards.enabled=false', keys] })
}
