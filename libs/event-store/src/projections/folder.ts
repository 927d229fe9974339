import { describeError } from '@ordershop/core'
import type { AnyEvent, Recorded } from '../event.ts'
import { type ConsumerOf, named, type Outcome, oneLine } from '../groups/consumer.ts'
import type { RowWrite } from '../rows/row.ts'
import { checkWrites } from '../rows/row-write.ts'

/** Consumes by folding events into rows. `project` is pure: what fails once fails always, so its key is parked at once. */
export function folderOf<E extends AnyEvent>(
  project: (event: Recorded<E>) => readonly RowWrite[],
): ConsumerOf<E> {
  return ({ at, group, observer }) => {
    function fold(event: Recorded<E>): Outcome {
      try {
        const rows = project(event)
        checkWrites(rows)
        return { result: 'done', rows }
      } catch (error) {
        observer.handled?.({ topic: at.topic, group, result: 'parked', events: 1, seconds: 0 })
        const about = { ...named(event), ...at, group, error: describeError(error) }
        observer.log?.('error', 'parked: an event cannot be projected', about)
        return { result: 'failed', reason: oneLine(error) }
      }
    }

    return {
      takes: () => true,
      batches: () => false,
      fold,
      handle: async ([event]) => fold(event as Recorded<E>),
    }
  }
}
