import { chainOf } from '../archive/chain.ts'
import type { Objects } from '../archive/objects.ts'
import type { AnyEvent, Catalog, PartitionId, Recorded } from '../event.ts'
import { decode } from '../log/entry.ts'
import { entryOf } from './wire.ts'

/**
 * The events of one partition of an archive, in order; each segment is checked before its first event is given.
 * Entries that this library did not write are passed over.
 *
 * @throws AppError `invalid` at a segment that is broken or missing, or an event that the catalog does not know.
 */
export async function* archivedEvents<E extends AnyEvent>(
  objects: Objects,
  catalog: Catalog<E>,
  at: PartitionId,
): AsyncGenerator<Recorded<E>> {
  for await (const block of chainOf(objects, at).entries())
    for (const raw of block) {
      const entry = entryOf(raw)
      if (!Number.isNaN(entry.position)) yield decode(catalog, at, entry)
    }
}
