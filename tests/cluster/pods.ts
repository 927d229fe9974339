// The pods that the chart makes, by what Pod Security looks at.
import type { Container, Manifest } from './manifests.ts'

/** As far as Pod Security goes, and a little further. */
type SecurityContext = Readonly<Record<string, unknown>>

/** What a pod is made of, wherever it stands in a manifest. */
export type PodParts = {
  /** `CronJob/ordershop-backup spec.jobTemplate.spec.template.spec`. */
  readonly where: string
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>> & { readonly securityContext?: SecurityContext }
  readonly containers: readonly (Pick<Container, 'name' | 'image'> & {
    readonly command?: readonly string[]
    readonly securityContext?: SecurityContext
  })[]
}

/** Every pod that manifests make, found by its containers: a new kind of workload cannot be forgotten. */
export function podsOf(manifests: readonly Manifest[]): PodParts[] {
  return manifests.flatMap((manifest) => {
    const name = `${manifest.kind}/${manifest.metadata.name}`
    return podsWithin(manifest, [name]).map((parts) => ({ ...parts, kind: manifest.kind }))
  })
}

function podsWithin(value: unknown, path: readonly string[]): Omit<PodParts, 'kind'>[] {
  if (value === null || typeof value !== 'object') return []
  const spec = value as PodParts['spec']
  const where = path.join('.')
  // A TestRun says what the k6-operator is to make of one container: its image, and settings of it beside those of the pod.
  if (typeof spec.image === 'string') {
    const container = { name: 'k6', image: spec.image, securityContext: spec.containerSecurityContext }
    return [{ where, spec, containers: [container as PodParts['containers'][number]] }]
  }
  if (Array.isArray(spec.containers)) {
    const containers = [...spec.containers, ...((spec.initContainers as typeof spec.containers) ?? [])]
    return [{ where, spec, containers }]
  }
  return Object.entries(spec).flatMap(([key, inner]) => podsWithin(inner, [...path, key]))
}
