// What the NetworkPolicies of a rendering let pass between its own pods, worked out as Kubernetes does.
import {
  fits,
  type Labels,
  type Manifest,
  ofKind,
  type Selector,
  type Workload,
  workloadsOf,
} from './manifests.ts'

type Port = { readonly port: number | string; readonly protocol?: string }
type Peer = { readonly podSelector?: Selector; readonly namespaceSelector?: Selector }
type Rule = {
  readonly ports?: readonly Port[]
  readonly from?: readonly Peer[]
  readonly to?: readonly Peer[]
}
type Policy = {
  readonly podSelector: Selector
  readonly policyTypes: readonly string[]
  readonly ingress?: readonly Rule[]
  readonly egress?: readonly Rule[]
}

export type Direction = 'ingress' | 'egress'

const namespaceLabels: Labels = { 'kubernetes.io/metadata.name': 'shop' }

function fitsPeer({ podSelector, namespaceSelector }: Peer, other: Workload): boolean {
  if (namespaceSelector && !fits(namespaceLabels, namespaceSelector)) return false
  return podSelector ? fits(other.labels, podSelector) : namespaceSelector !== undefined
}

/** The TCP ports of `to` that a rule opens; without ports, all. */
function openedBy({ ports }: Rule, to: Workload): number[] {
  const listening = to.container.ports ?? []
  if (!ports) return listening.map(({ containerPort }) => containerPort)
  return ports
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .flatMap(({ port }) => listening.filter((own) => own.name === port || own.containerPort === port))
    .map(({ containerPort }) => containerPort)
}

/** A rule that names no peers lets everybody in, or out to anywhere. */
const isForAll = (rule: Rule) => (rule.from ?? rule.to) === undefined

function rulesOf(manifests: readonly Manifest[], direction: Direction, own: Workload): Rule[] {
  return ofKind(manifests, 'NetworkPolicy')
    .map(({ spec }) => spec as Policy)
    .filter(({ podSelector }) => fits(own.labels, podSelector))
    .filter(({ policyTypes }) => policyTypes.some((type) => type.toLowerCase() === direction))
    .flatMap((policy) => policy[direction] ?? [])
}

/**
 * Ports that a workload's own policies open between it and another, in one direction.
 *
 * @param named whether to leave out rules for everybody.
 */
export function opened(
  manifests: readonly Manifest[],
  direction: Direction,
  own: Workload,
  other: Workload,
  named = false,
): number[] {
  const rules = rulesOf(manifests, direction, own).filter((rule) =>
    isForAll(rule) ? !named : (rule.from ?? rule.to)?.some((peer) => fitsPeer(peer, other)),
  )
  const to = direction === 'ingress' ? own : other
  return [...new Set(rules.flatMap((rule) => openedBy(rule, to)))].sort((a, b) => a - b)
}

/** Whether a pod is refused whatever no rule opens, in a direction. */
export function isClosed(manifests: readonly Manifest[], direction: Direction, own: Workload): boolean {
  return ofKind(manifests, 'NetworkPolicy')
    .map(({ spec }) => spec as Policy)
    .some(
      ({ podSelector, policyTypes }) =>
        fits(own.labels, podSelector) && policyTypes.some((type) => type.toLowerCase() === direction),
    )
}

/** Ports, by name, at which a workload lets in the pods of namespaces with these labels. */
export function openedTo(manifests: readonly Manifest[], own: Workload, labels: Labels): string[] {
  const rules = rulesOf(manifests, 'ingress', own).filter((rule) =>
    rule.from?.some(({ namespaceSelector }) => namespaceSelector && fits(labels, namespaceSelector)),
  )
  return rules.flatMap((rule) => rule.ports ?? []).map(({ port }) => String(port))
}

/** Ports at which a workload may call hosts that are none of the release's pods. */
export function openedOutside(manifests: readonly Manifest[], own: Workload): number[] {
  const workloads = workloadsOf(manifests)
  const rules = rulesOf(manifests, 'egress', own).filter(
    (rule) => !rule.to?.every((peer) => workloads.some((other) => fitsPeer(peer, other))),
  )
  return rules.flatMap((rule) => rule.ports ?? []).map(({ port }) => Number(port))
}

/** Where a workload may ask for names: protocols, and peers, of each rule that opens port 53. */
export function openedToDns(manifests: readonly Manifest[], own: Workload) {
  return rulesOf(manifests, 'egress', own)
    .map(({ ports = [], to }) => ({
      to,
      protocols: ports.filter(({ port }) => port === 53).map(({ protocol }) => protocol),
    }))
    .filter(({ protocols }) => protocols.length > 0)
}
