// Which entries this library has written: one rule, for Redis' scripts as well (`place_of` in entry.lua).
import type { RawEntry } from './entry.ts'

/** The names of the two fields of an entry. The first is the mark of this form; the next form will have another. */
export const fieldNames = ['event/2', 'data'] as const

// Type, entity, event id, version, position, entry id of the entity's event before.
const form = /^([!-~]+) ([!-~]+) ([0-9A-Za-z-]+) ([!-~]+) ([1-9][0-9]{0,14}) ([!-~]+) /

/** The words of an event and what stands behind them; `version` and `previous` may be anything. */
export type Words = {
  readonly type: string
  readonly entity: string
  readonly eventId: string
  readonly version: string
  readonly position: number
  readonly previous: string
  readonly meta: string
  readonly data: string
}

/** What an entry says; `null` for one that has no place among the positions, because this library did not write it. */
export function wordsIn([, fields]: RawEntry): Words | null {
  const [mark, event = '', name, data = ''] = fields
  if (fields.length !== 4 || mark !== fieldNames[0] || name !== fieldNames[1]) return null
  const words = form.exec(event)
  if (words === null) return null
  const [all, type = '', entity = '', eventId = '', version = '', position, previous = ''] = words
  const meta = event.slice(all.length)
  return { type, entity, eventId, version, position: Number(position), previous, meta, data }
}
