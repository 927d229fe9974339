// What the chart renders, as objects: only the fields that tests look at.

import { render } from '@ordershop/chart-tools/chart'
import { parseAllDocuments } from 'yaml'

export type Labels = Readonly<Record<string, string>>
export type Selector = { readonly matchLabels?: Labels }

type Probe = { readonly httpGet?: { readonly path: string; readonly port: string } }
export type Container = {
  readonly name: string
  readonly image: string
  readonly env?: readonly {
    readonly name: string
    readonly value?: string
    readonly valueFrom?: { readonly secretKeyRef?: unknown }
  }[]
  readonly volumeMounts?: readonly unknown[]
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[]
  readonly resources: Record<
    'requests' | 'limits',
    { readonly cpu?: string | number; readonly memory: string }
  >
  readonly securityContext: { readonly readOnlyRootFilesystem?: boolean }
  readonly startupProbe?: Probe
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } }
}

type PodSpec = {
  readonly serviceAccountName?: string
  readonly automountServiceAccountToken?: boolean
  readonly terminationGracePeriodSeconds?: number
  readonly volumes?: readonly { readonly name: string }[]
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
}

export type Manifest = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels: Labels; readonly annotations?: Labels }
  readonly automountServiceAccountToken?: boolean
  readonly spec: Readonly<Record<string, unknown>>
}

/** A Deployment, a StatefulSet, a CronJob or a lone Pod; `name` is its component: `order`. */
export type Workload = {
  readonly kind: string
  readonly name: string
  readonly fullName: string
  readonly replicas: number | undefined
  readonly labels: Labels
  readonly pod: PodSpec
  readonly container: Container
}

type Template = { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec }

const rendered = new Map<string, readonly Manifest[]>()

/** Rendered once a test file. */
export function manifestsOf(way: string, release = 'ordershop'): readonly Manifest[] {
  const key = `${release} ${way}`
  const known = rendered.get(key)
  if (known) return known
  const manifests = parseAllDocuments(render(way, { release })).map((document) => document.toJS() as Manifest)
  rendered.set(key, manifests)
  return manifests
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind)
}

export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  const controllers = ['Deployment', 'StatefulSet'].flatMap((kind) => ofKind(manifests, kind))
  const controlled = controllers.map((manifest) => {
    const { replicas, template } = manifest.spec as {
      replicas?: number
      template: Template
    }
    return workload(manifest, replicas, template.metadata.labels, template.spec)
  })
  const scheduled = ofKind(manifests, 'CronJob').map((manifest) => {
    const { template } = (manifest.spec.jobTemplate as { spec: { template: Template } }).spec
    return workload(manifest, 1, template.metadata.labels, template.spec)
  })
  const lone = ofKind(manifests, 'Pod').map((manifest) =>
    workload(manifest, 1, manifest.metadata.labels, manifest.spec as PodSpec),
  )
  return [...controlled, ...scheduled, ...lone]
}

function workload(manifest: Manifest, replicas: number | undefined, labels: Labels, pod: PodSpec): Workload {
  const [container] = pod.containers
  const name = labels['app.kubernetes.io/component']
  const { kind, metadata } = manifest
  if (!container || !name) throw new Error(`${kind} ${metadata.name} has no container or no component label`)
  return { kind, name, fullName: metadata.name, replicas, labels, pod, container }
}

/** Whether labels fit a selector; an empty selector fits all. */
export function fits(labels: Labels, { matchLabels = {} }: Selector): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value)
}

/** The value of an environment variable of a workload. */
export function variable({ container }: Workload, name: string): string | undefined {
  return container.env?.find((entry) => entry.name === name)?.value
}
