import type { EntityKind } from '@ordershop/contracts'

/** Whom the gateway asks: who takes commands about a kind of entity, and the monitor. */
export type Upstream = EntityKind | 'monitor'

/** A request to a service. */
export type UpstreamRequest = {
  readonly service: Upstream
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** It goes to one process, once: sent again it might be done twice. Default: to the next where one does not answer. */
  readonly once?: true
}

/** Its answer; the body as it came. */
export type UpstreamReply = { readonly status: number; readonly body: string }

const paths: Readonly<Record<EntityKind, string>> = {
  customer: '/customers',
  product: '/products',
  inventory: '/inventory',
  order: '/orders',
  billing: '/billings',
}

/** Creates items; each gets the next of `ids`, except a billing, whose id follows from its order. */
export function creating(
  entity: EntityKind,
  bodies: readonly object[],
  ids: readonly string[],
): UpstreamRequest {
  const idName = `${entity}_id`
  const items =
    entity === 'billing' ? bodies : bodies.map((body, index) => ({ [idName]: ids[index], ...body }))
  return { service: entity, method: 'POST', path: paths[entity], body: { items } }
}

/** Reads an entity as it was; `query` says when, and in whose history that is told where it is not its own. */
export function lookingBack(
  entity: EntityKind,
  id: string,
  query: Readonly<Record<string, string>>,
): UpstreamRequest {
  return { service: entity, method: 'GET', path: `${paths[entity]}/${id}?${new URLSearchParams(query)}` }
}

/** Replaces an entity's values. */
export function changing(entity: EntityKind, id: string, body: object): UpstreamRequest {
  return { service: entity, method: 'PUT', path: `${paths[entity]}/${id}`, body }
}

/** Deletes an entity; an inventory record is stored by product, so its service must be told which. */
export function deleting(entity: EntityKind, id: string, productId?: string): UpstreamRequest {
  const query = productId === undefined ? '' : `?product_id=${productId}`
  return { service: entity, method: 'DELETE', path: `${paths[entity]}/${id}${query}` }
}
