// What is stored by the benches of the library: events of a size, of entities that each have one.

import { newId } from '@ordershop/core/id'
import type { Catalog } from '@ordershop/event-store'

export type Thing = {
  readonly type: 'thing_happened'
  readonly data: { readonly id: string; readonly at: number; readonly text: string }
}

/** Trusts its data: what the library costs by itself, without an application's schemas. */
export const things: Catalog<Thing> = {
  topics: ['thing'],
  schemaVersion: () => 1,
  parse: (_topic, type, _schemaVersion, data) => ({ type, data }) as Thing,
}

/** What a handler does for one event; `undefined` = nothing. */
export type Work = (() => Promise<void>) | undefined

/** An event of a new thing whose data are `bytes` of JSON, at least 82. */
export function thing(bytes: number): Thing {
  const data = { id: newId(), at: performance.timeOrigin + performance.now(), text: '' }
  return {
    type: 'thing_happened',
    data: { ...data, text: 'x'.repeat(Math.max(0, bytes - JSON.stringify(data).length)) },
  }
}
