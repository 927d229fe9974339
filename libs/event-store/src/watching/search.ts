// Where an event is that is known by its id alone, and what belongs to it: by the time in the id, never by reading all.
import { AppError } from '@ordershop/core'
import pLimit from 'p-limit'
import { type PartitionId, partitionName } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import { compareEntryIds } from '../log/entry-id.ts'
import type { Log } from '../log/log.ts'

/** An entry, and where it is. */
export type Found = { readonly at: PartitionId; readonly entry: LogEntry }

/** Counts entries that one question has looked at; `most` bounds them. */
export type Budget = { readonly most: number; used: number }

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const pageSize = 128
const partitionsAtATime = 8

/**
 * How long before and after the time in its id an event may have been recorded, by clocks that differ and appends that are
 * repeated, in milliseconds; the narrow one, where most are, is looked through first.
 */
const windows = [
  { before: 50, after: 1_000 },
  { before: 10_000, after: 30_000 },
]

export const isEventId = (id: string): boolean => uuidV7.test(id)

/** The milliseconds in a UUIDv7. */
function timeOf(eventId: string): number {
  return Number.parseInt(eventId.replace('-', '').slice(0, 12), 16)
}

/** Searches of these partitions. */
export function searchesIn(log: Log, all: () => readonly PartitionId[]) {
  /** Looks at entries after an entry id, up to a time, a page of each partition in turn; true when all were looked at. */
  async function scan(
    after: string,
    untilMs: number,
    budget: Budget,
    see: (found: Found) => boolean,
  ): Promise<boolean> {
    const inTurn = pLimit(partitionsAtATime)
    const places = new Map(all().map((at) => [partitionName(at), { at, after }]))
    let isFound = false
    const lookAt = async (place: { readonly at: PartitionId; after: string }) => {
      if (isFound || budget.used >= budget.most) return
      const page = await log.page(place.at, place.after, pageSize)
      for (const entry of page) {
        if (isFound || budget.used >= budget.most) return
        if (compareEntryIds(entry.entryId, `${untilMs}-0`) > 0)
          return void places.delete(partitionName(place.at))
        budget.used++
        place.after = entry.entryId
        isFound = see({ at: place.at, entry })
      }
      if (page.length < pageSize) places.delete(partitionName(place.at))
    }
    while (places.size > 0 && !isFound && budget.used < budget.most)
      await Promise.all([...places.values()].map((place) => inTurn(() => lookAt(place))))
    return isFound || places.size === 0
  }

  /** The event of this id; `null` where none was found: `budget` tells whether all was looked at where it can be. */
  async function find(eventId: string, budget: Budget): Promise<Found | null> {
    if (!isEventId(eventId))
      throw new AppError(
        'invalid',
        `find event: id is '${eventId.slice(0, 80)}', expected a UUID of version 7`,
      )
    const time = timeOf(eventId)
    let found: Found | null = null
    for (const { before, after } of windows) {
      const start = time - before > 0 ? `${time - before}-0` : ''
      await scan(start, time + after, budget, (one) => {
        if (one.entry.eventId !== eventId.toLowerCase()) return false
        found = one
        return true
      })
      if (found) return found
    }
    return null
  }

  return { scan, find }
}
