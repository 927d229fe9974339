// How an event is written: as the store records it, each once, however many readers get it.
import type { Readable, Recorded, WatchItem } from '@ordershop/event-store'

const written = new WeakMap<Recorded, Buffer>()

/** The `data` of an event: one copy, which the sockets of all readers share. */
function dataOf(event: Recorded): Buffer {
  let bytes = written.get(event)
  if (bytes === undefined) {
    bytes = Buffer.from(`data: ${JSON.stringify(event)}\n\n`)
    written.set(event, bytes)
  }
  return bytes
}

/** An event, or `{ topic, partition, entry_id, problem }` of an entry that cannot be decoded. */
export function shownOf(item: Readable): object {
  if (item.kind === 'event') return item.event
  const { kind: _, ...rest } = item
  return rest
}

/** A watch's item as a Server-Sent Event, in pieces; a cursor has no line break in it. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function frameOf(item: WatchItem, cursor: string): (string | Buffer)[] {
  if (item.kind === 'event') return [`id: ${cursor}\n`, dataOf(item.event)]
  if (item.kind === 'caught-up') return [`event: ready\nid: ${cursor}\ndata: {}\n\n`]
  return [`event: unreadable\nid: ${cursor}\ndata: ${JSON.stringify(shownOf(item))}\n\n`]
}
