// What the tests read of Kubernetes objects.

type Variable = {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } }
}

type Container = {
  readonly name: string
  readonly image: string
  readonly env?: readonly Variable[]
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean }
}

type Volume = {
  readonly name: string
  readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly key: string }[] }
}

type PodSpec = {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
}

export type Manifest = {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
  readonly spec?: {
    readonly template?: { readonly spec: PodSpec }
    readonly scaleTargetRef?: { readonly name: string }
    readonly ports?: readonly { readonly port: number; readonly nodePort?: number }[]
  }
}

/** Of the pods that a workload makes; none of anything else. */
export function containersOf({ spec }: Manifest): readonly Container[] {
  const pod = spec?.template?.spec
  return pod ? [...(pod.initContainers ?? []), ...pod.containers] : []
}

/** `ordershop/order` of `ordershop/order:0.1.0`. */
export function repositoryOf(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{64}|:[^:/]+)$/, '')
}

export function named(manifests: readonly Manifest[], kind: string): string[] {
  return manifests.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name)
}
