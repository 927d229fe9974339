import { join } from 'node:path'
import { command } from './command.ts'
import { root } from './root.ts'

export type Installation = {
  readonly namespace: string
  /** Of the images. */
  readonly tag: string
  /** Relative to the repository; later ones win. */
  readonly valuesFiles?: readonly string[]
  /** `--set` of helm, e.g. `services.order.replicas=2`. */
  readonly set?: readonly string[]
  /** Until every pod is ready; default true. */
  readonly wait?: boolean
}

const release = 'ordershop'
const chart = join(root, 'charts/ordershop')
const readyWithin = '4m'

/** Installs or upgrades the chart, and waits until every pod is ready, in a namespace that admits restricted pods only. */
export async function installShop({
  namespace,
  tag,
  valuesFiles = [],
  set = [],
  wait = true,
}: Installation): Promise<void> {
  await restrictedNamespace(namespace)
  const values = valuesFiles.flatMap((file) => ['--values', join(root, file)])
  const settings = [`image.tag=${tag}`, ...set].flatMap((value) => ['--set', value])
  const where = ['--namespace', namespace, ...(wait ? ['--wait', '--timeout', readyWithin] : [])]
  await command('helm', ['upgrade', '--install', release, chart, ...where, ...values, ...settings])
}

/** A namespace that admits only pods of the Pod Security level `restricted`. */
export async function restrictedNamespace(name: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
  await command('kubectl', ['apply', '--filename', '-'], { input: JSON.stringify(namespace) })
}

/** Takes the shop away, and the data of its Redis. */
export async function uninstallShop(namespace: string): Promise<void> {
  await command('helm', ['uninstall', release, '--namespace', namespace, '--ignore-not-found', '--wait'])
  const ours = ['--selector', `app.kubernetes.io/instance=${release}`]
  await command('kubectl', ['delete', 'persistentvolumeclaims', '--namespace', namespace, ...ours])
}
