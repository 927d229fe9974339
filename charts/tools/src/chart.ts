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

/** The manifests of one way of running, for the oldest Kubernetes that the chart promises. */
export function render(way: string, release = 'ordershop', namespace = 'shop'): string {
  const where = ['--namespace', namespace, '--kube-version', '1.30.0']
  const { failed, stdout, stderr } = helm('template', release, chart, ...where, '--values', valuesOf(way))
  if (failed) throw new Error(`${way}: helm template failed: ${stderr}`)
  // Helm 4 leaves a blank line between documents, Helm 3 does not.
  return stdout.replaceAll('\n\n---\n', '\n---\n').replace(/\n+$/, '\n')
}

/** Writes the rendering of every way into `folder`, as `<way>.yaml`, in place of what it holds. */
export function renderInto(folder: string): void {
  const renderings = ways.map((way) => [way, render(way)] as const)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [way, manifests] of renderings) writeFileSync(join(folder, `${way}.yaml`), manifests)
}
