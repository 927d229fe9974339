import type { AnyEvent, Recorded } from '../event.ts'
import type { Consumer } from './consumer.ts'
import type { Slot } from './window.ts'

/** An event on its way to a handler; `alone` after the batch it was in has failed. */
export type Delivery<E extends AnyEvent> = {
  readonly slot: Slot
  readonly event: Recorded<E>
  readonly alone?: boolean
}

/** What waits in a key's lane: an event, or something to do when its turn comes. */
export type Item<E extends AnyEvent> = Delivery<E> | { readonly task: () => Promise<void> | void }

const eventsPerBatch = 100

/** Takes from the front of a lane what one call of a handler gets: one event, or all waiting ones of its type if it takes batches. */
export function takeBatch<E extends AnyEvent>(consumer: Consumer<E>, queue: Item<E>[]): Delivery<E>[] {
  const first = queue[0] as Delivery<E>
  const batched = consumer.batches(first.event.type) && !first.alone
  if (!batched) return [queue.shift() as Delivery<E>]
  const end = queue.findIndex(
    (item) => 'task' in item || item.alone === true || item.event.type !== first.event.type,
  )
  return queue.splice(0, Math.min(end < 0 ? queue.length : end, eventsPerBatch)) as Delivery<E>[]
}
