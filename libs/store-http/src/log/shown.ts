// How an event is written: as the store records it, each once, however many readers get it.
import type { Readable, Recorded, WatchItem } from '@ordershop/event-store'

const written = new WeakMap<Recorded, string>()

/** JSON of an event. */
function jsonOf(event: Recorded): string {
  let json = written.get(event)
  if (json === undefined) {
    json = JSON.stringify(event)
    written.set(event, json)
  }
  return json
}

/** An event, or `{ topic, partition, entry_id, problem }` of an entry that cannot be decoded. */
export function shownOf(item: Readable): object {
  if (item.kind === 'event') return item.event
  const { kind: _, ...rest } = item
  return rest
}

/** A watch's item as a Server-Sent Event; a cursor has no line break in it. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function frameOf(item: WatchItem, cursor: string): string {
  if (item.kind === 'event') return `id: ${cursor}\ndata: ${jsonOf(item.event)}\n\n`
  if (item.kind === 'caught-up') return `event: ready\nid: ${cursor}\ndata: {}\n\n`
  return `event: unreadable\nid: ${cursor}\ndata: ${JSON.stringify(shownOf(item))}\n\n`
}
