// What Tilt makes of a Tiltfile's calls, by the rules of Tilt's `assembleK8s`.

import { argumentsOf, type Call, callsOf, type Image, type Run } from './tilt.ts'
import { containersOf, type Manifest } from './tilt-objects.ts'

/** A line of Tilt's user interface. */
type Resource = {
  readonly name: string
  readonly manifests: Manifest[]
  readonly labels: string[]
  readonly waitsFor: string[]
  readonly links: string[]
  readonly forwards: number[]
  /** Updated on request only, not on a change. */
  byHand: boolean
  /** Comes up with `tilt up`. */
  atStart: boolean
}

/** What Tilt would build, deploy and watch. */
export type Plan = {
  readonly calls: readonly Call[]
  readonly images: readonly Image[]
  readonly manifests: readonly Manifest[]
  readonly resources: ReadonlyMap<string, Resource>
}

type Settings = ReturnType<typeof argumentsOf<'k8s_resource'>>[number]

const plans = new Map<string, Promise<Plan>>()

/** Runs the Tiltfile, once for each choice. @throws with the complaint of Starlark, of Helm, or of Tilt. */
export function planOf(run: Run = {}): Promise<Plan> {
  const choice = JSON.stringify(run)
  const plan = plans.get(choice) ?? newPlan(run)
  plans.set(choice, plan)
  return plan
}

async function newPlan(run: Run): Promise<Plan> {
  const calls = await callsOf(run)
  const manifests = argumentsOf(calls, 'k8s_yaml').flatMap(({ yaml }) => yaml)
  return {
    ...{ calls, manifests },
    images: argumentsOf(calls, 'docker_build'),
    resources: resourcesOf(calls, manifests),
  }
}

function resourcesOf(calls: readonly Call[], manifests: readonly Manifest[]): Map<string, Resource> {
  const resources = new Map<string, Resource>()
  for (const one of manifests) if (containersOf(one).length > 0) add(resources, one.metadata.name, [one])
  const apart = argumentsOf(calls, 'helm_resource').concat(argumentsOf(calls, 'helm_repo') as never)
  for (const one of [...apart, ...argumentsOf(calls, 'local_resource')])
    configure(add(resources, one.name, []), one)
  for (const one of argumentsOf(calls, 'k8s_resource')) configure(found(resources, one, manifests), one)
  return resources
}

function add(resources: Map<string, Resource>, name: string, manifests: Manifest[]): Resource {
  if (resources.has(name)) throw new Error(`two resources are called ${name}`)
  const resource = {
    ...{ name, manifests, labels: [], waitsFor: [], links: [], forwards: [] },
    ...{ byHand: false, atStart: true },
  }
  resources.set(name, resource)
  return resource
}

/** The workload that is meant, under its new name, or a new group of objects that are no workloads. */
function found(
  resources: Map<string, Resource>,
  settings: Settings,
  manifests: readonly Manifest[],
): Resource {
  const { workload, new_name, objects = [] } = settings
  if (workload === undefined)
    return add(
      resources,
      new_name ?? '',
      objects.map((one) => object(manifests, one)),
    )
  const resource = resources.get(workload)
  if (!resource) throw new Error(`k8s_resource specified unknown resource "${workload}"`)
  if (new_name === undefined) return resource
  resources.delete(workload)
  return Object.assign(add(resources, new_name, []), { ...resource, name: new_name })
}

/** The one object that `name:kind` selects. */
function object(manifests: readonly Manifest[], selector: string): Manifest {
  const matching = manifests.filter(
    ({ kind, metadata }) => `${metadata.name}:${kind}`.toLowerCase() === selector.toLowerCase(),
  )
  if (matching.length !== 1) throw new Error(`"${selector}" selects ${matching.length} objects, expected one`)
  return matching[0] as Manifest
}

function configure(resource: Resource, settings: Omit<Settings, 'workload' | 'new_name' | 'objects'>): void {
  resource.labels.push(...(settings.labels ?? []))
  resource.waitsFor.push(...(settings.resource_deps ?? []))
  resource.links.push(...(settings.links ?? []).map(({ url }) => url))
  resource.forwards.push(...(settings.port_forwards ?? []).map(({ local_port }) => local_port))
  if (settings.trigger_mode !== undefined) resource.byHand = settings.trigger_mode === 'manual'
  if (settings.auto_init !== undefined) resource.atStart = settings.auto_init
}
