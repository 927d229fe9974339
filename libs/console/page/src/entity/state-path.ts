import type { Recorded } from '../api/shapes.ts'

/** Kinds of the shop whose state at a position can be asked for: entities of a topic of their own. */
const kinds: Readonly<Record<string, string>> = {
  customer: 'customers',
  product: 'products',
  order: 'orders',
}

/** Where the entity's state behind an event is, or null where nobody can tell it. */
export function statePath({ topic, entity_id, position }: Recorded): string | null {
  const kind = kinds[topic]
  return kind ? `/v1/${kind}/${encodeURIComponent(entity_id)}?at=${position}` : null
}
