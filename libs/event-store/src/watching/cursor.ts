// Where a reader of many partitions is, as text: `order=mk3f0a2b,,mk3f0a2c.1;mail=…`, of each topic a place for each
// partition: the entry id read last, milliseconds and, unless it is 0, sequence in base 36; empty where nothing was read.
import { AppError } from '@ordershop/core'

/** The entry id that each partition of a topic was read up to, '' at its beginning. */
export type Places = ReadonlyMap<string, readonly string[]>

const mostChars = 32 * 1024
const placeForm = /^(?:([0-9a-z]{1,11})(?:\.([0-9a-z]{1,11}))?)?$/

export function cursorOf(places: Places): string {
  return [...places]
    .map(([topic, ids]) => `${encodeURIComponent(topic)}=${ids.map(short).join(',')}`)
    .join(';')
}

/** @throws AppError `invalid` for anything but what `cursorOf` gives for topics of so many partitions. */
export function placesIn(cursor: string, partitions: number): Places {
  const refuse = (met: string): never => {
    throw new AppError('invalid', `watch from a cursor: ${met}, expected one that a watch has given`)
  }
  if (typeof cursor !== 'string' || cursor.length > mostChars) return refuse('it is no string, or too long')
  const places = new Map<string, string[]>()
  for (const part of cursor.split(';')) {
    const [, name, list] = /^([^=;,]+)=([^=;]*)$/.exec(part) ?? refuse(`'${part.slice(0, 80)}'`)
    const ids = (list as string).split(',')
    if (ids.length !== partitions)
      refuse(`'${part.slice(0, 80)}' has ${ids.length} partitions of ${partitions}`)
    places.set(
      topicOf(name as string),
      ids.map((place) => long(place) ?? refuse(`'${place.slice(0, 80)}'`)),
    )
  }
  return places
}

function topicOf(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function short(entryId: string): string {
  if (entryId === '' || entryId === '0-0') return ''
  const [ms = 0, sequence = 0] = entryId.split('-').map(Number)
  return sequence === 0 ? ms.toString(36) : `${ms.toString(36)}.${sequence.toString(36)}`
}

function long(place: string): string | undefined {
  const found = placeForm.exec(place)
  if (!found) return undefined
  if (found[1] === undefined) return ''
  const [ms, sequence] = [Number.parseInt(found[1], 36), Number.parseInt(found[2] ?? '0', 36)]
  return Number.isSafeInteger(ms) && Number.isSafeInteger(sequence) ? `${ms}-${sequence}` : undefined
}
