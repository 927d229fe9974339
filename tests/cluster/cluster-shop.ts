// The shop on a cluster as the tests see it: kubectl, and programs that run inside.

import { command } from '@ordershop/cluster/command'
import { type Installation, installShop } from '@ordershop/cluster/install'
import { inject, onTestFailed } from 'vitest'

/** What `kubectl get pods` tells of one. */
type Pod = {
  readonly name: string
  readonly component: string
  readonly ready: boolean
  readonly restarts: number
  /** It is being deleted. */
  readonly leaving: boolean
}

export type ClusterShop = {
  readonly namespace: string
  /** Installs or upgrades with these settings beside the defaults of these tests. */
  upgrade(set: readonly string[]): Promise<void>
  kubectl(...args: string[]): Promise<string>
  pods(component?: string): Promise<readonly Pod[]>
  /** Runs `ordershop-ops` in the toolbox; what it printed. */
  ops(...args: string[]): Promise<string>
}

/** What every shop of these tests has: mails are caught, and the toolbox is there. */
const defaults: Pick<Installation, 'set'> = {
  set: ['mailbox.enabled=true', 'toolbox.enabled=true'],
}

/** `ordershop-ops`, as it is called in the toolbox. */
export const opsInside = '/nodejs/bin/node src/ops.ts'

/** The shop in a namespace, installed if it is not yet. */
export async function openShop(
  namespace: string,
  { valuesFiles = [], set = [] }: Pick<Installation, 'valuesFiles' | 'set'> = {},
): Promise<ClusterShop> {
  const kubectl = (...args: string[]) => command('kubectl', ['--namespace', namespace, ...args])
  const upgrade = (more: readonly string[]) =>
    installShop({
      namespace,
      tag: inject('imageTag'),
      valuesFiles,
      set: [...(defaults.set ?? []), ...set, ...more],
    }).catch(async (error: unknown) => {
      console.log(await situation(kubectl))
      throw error
    })
  await upgrade([])
  return {
    namespace,
    upgrade,
    kubectl,
    pods: async (component) =>
      podsFrom(JSON.parse(await kubectl('get', 'pods', ...only(component), '--output', 'json'))),
    ops: (...args) => kubectl('exec', 'deploy/ordershop-toolbox', '--', ...opsInside.split(' '), ...args),
  }
}

/** Takes a shop away with all that is around it: a small cluster has no room for two. */
export async function deleteNamespace(name: string): Promise<void> {
  await command('kubectl', ['delete', 'namespace', name, '--ignore-not-found', '--timeout=3m'])
}

/** Prints pods and events when the test that calls it fails. */
export function tellOnFailure({ kubectl }: ClusterShop): void {
  onTestFailed(async () => console.log(await situation(kubectl)))
}

async function situation(kubectl: ClusterShop['kubectl']): Promise<string> {
  const [pods, events] = await Promise.all([
    kubectl('get', 'pods', '--output', 'wide'),
    kubectl('get', 'events', '--sort-by', '.lastTimestamp'),
  ])
  return `${pods}\n${events.split('\n').slice(-15).join('\n')}`
}

function only(component: string | undefined): string[] {
  return component ? ['--selector', `app.kubernetes.io/component=${component}`] : []
}

type PodList = {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string
      readonly labels: Readonly<Record<string, string>>
      readonly deletionTimestamp?: string
    }
    readonly status: {
      readonly containerStatuses?: readonly { readonly ready: boolean; readonly restartCount: number }[]
    }
  }[]
}

function podsFrom({ items }: PodList): Pod[] {
  return items.map(
    ({ metadata: { name, labels, deletionTimestamp }, status: { containerStatuses = [] } }) => ({
      name,
      component: labels['app.kubernetes.io/component'] ?? '',
      ready: containerStatuses.length > 0 && containerStatuses.every(({ ready }) => ready),
      restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
      leaving: deletionTimestamp !== undefined,
    }),
  )
}
