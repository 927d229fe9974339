import { ways } from '@ordershop/chart-tools/chart'
import { groups as groupsOfShop, projections } from '@ordershop/contracts'
import { expect, test } from 'vitest'
import {
  fits,
  type Manifest,
  manifestsOf,
  ofKind,
  type Selector,
  variable,
  workloadsOf,
} from './manifests.ts'

/** Every manifest of a kind in every way, with the workloads beside it. */
function* each(kind: string) {
  for (const way of ways) {
    const manifests = manifestsOf(way)
    const workloads = workloadsOf(manifests)
    for (const manifest of ofKind(manifests, kind))
      yield { manifest, workloads, where: `${way}: ${manifest.metadata.name}` }
  }
}

function targetOf({ kind, spec }: Manifest): string {
  if (kind !== 'HorizontalPodAutoscaler' && kind !== 'ScaledObject') throw new Error(`${kind} scales nothing`)
  return (spec.scaleTargetRef as { name: string }).name
}

test('a disruption budget guards the pods of one Deployment', () => {
  let count = 0
  for (const { manifest, workloads, where } of each('PodDisruptionBudget')) {
    const guarded = workloads.filter(({ labels }) => fits(labels, manifest.spec.selector as Selector))
    expect(
      guarded.map(({ kind, fullName }) => `${kind} ${fullName}`),
      where,
    ).toEqual([`Deployment ${manifest.metadata.name}`])
    count++
  }
  expect(count).toBeGreaterThan(0)
})

test('a Service selects the pods of one workload, at ports that they have', () => {
  for (const { manifest, workloads, where } of each('Service')) {
    const { selector, ports } = manifest.spec as {
      selector: Record<string, string>
      ports: { targetPort: string }[]
    }
    const behind = workloads.filter(({ labels }) => fits(labels, { matchLabels: selector }))
    expect(
      behind.map(({ fullName }) => fullName),
      where,
    ).toEqual([manifest.metadata.name])
    const open = behind[0]?.container.ports?.map(({ name }) => name)
    expect(open, where).toEqual(expect.arrayContaining(ports.map(({ targetPort }) => targetPort)))
  }
})

test('replicas are rendered without an autoscaler, and omitted with one', () => {
  for (const way of ways) {
    const manifests = manifestsOf(way)
    const scalers = ['HorizontalPodAutoscaler', 'ScaledObject'].flatMap((kind) => ofKind(manifests, kind))
    const scaled = scalers.map(targetOf)
    expect(scaled, `${way}: scaled by one only`).toEqual([...new Set(scaled)])
    for (const { kind, fullName, replicas } of workloadsOf(manifests).filter(({ kind }) => kind !== 'Pod'))
      expect(replicas === undefined, `${way}: ${kind} ${fullName}`).toBe(scaled.includes(fullName))
  }
})

test('KEDA scales each consumer group up to its partitions', () => {
  const groups: string[] = []
  for (const { manifest, workloads, where } of each('ScaledObject')) {
    const workload = workloads.find(({ fullName }) => fullName === targetOf(manifest))
    expect(String(manifest.spec.maxReplicaCount), where).toBe(workload && variable(workload, 'PARTITIONS'))
    const [trigger] = manifest.spec.triggers as { metadata: { url: string } }[]
    groups.push(new URL(trigger?.metadata.url ?? '').pathname)
  }
  const expected = Object.keys({ ...groupsOfShop, ...projections }).map((group) => `/lag/${group}`)
  expect(groups.sort()).toEqual(expected.sort())
})

test('a CPU autoscaler never creates more members of a group than there are partitions', () => {
  for (const { manifest, workloads, where } of each('HorizontalPodAutoscaler')) {
    const workload = workloads.find(({ fullName }) => fullName === targetOf(manifest))
    if (workload?.name === 'gateway') continue
    const partitions = Number(workload && variable(workload, 'PARTITIONS'))
    expect(manifest.spec.maxReplicas, where).toBeLessThanOrEqual(partitions)
  }
})

test('two releases in one namespace share no name and no pod', () => {
  const [first = [], second = []] = ['ordershop', 'other'].map((release) =>
    manifestsOf('everything', release),
  )
  const named = (manifests: readonly Manifest[]) =>
    manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
  expect(named(second).filter((name) => named(first).includes(name))).toEqual([])
  for (const { metadata, spec } of second) {
    const selector = (spec?.selector ?? spec?.podSelector) as (Selector & Record<string, string>) | undefined
    if (!selector) continue
    const matchLabels = selector.matchLabels ?? selector
    const taken = workloadsOf(first).filter(({ labels }) => fits(labels, { matchLabels }))
    expect(taken, metadata.name).toEqual([])
  }
})
