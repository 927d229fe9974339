// What the gateway answers, as its document has it.
import type { components, paths, ShopEvent } from '@ordershop/client'

type Schemas = components['schemas']
/** What a path of the document answers to GET. */
type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

/** An event as it was recorded. */
export type Recorded = ShopEvent

export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

export type Topics = Schemas['Topics']
export type Effects = Schemas['Effects']
export type Causes = Schemas['Causes']

export type Me = Answer<'/v1/me'>
export type Role = Me['roles'][number]

export type Groups = Answer<'/v1/ops/groups'>
export type GroupLag = Schemas['GroupLag']
export type ProjectionVersion = Groups['versions'][number]

export type Flow = Answer<'/v1/ops/flow'>
export type FlowNode = Flow['nodes'][number]
export type FlowEdge = Flow['edges'][number]

export type Parked = Answer<'/v1/ops/parked'>
export type ParkedKey = Schemas['ParkedKey']
export type ParkedDetail = Answer<'/v1/ops/parked/{group}/{topic}/{key}'>
export type ParkedEntry = ParkedDetail['events'][number]

export type Storage = Answer<'/v1/ops/storage'>
export type Processes = Answer<'/v1/ops/processes'>
