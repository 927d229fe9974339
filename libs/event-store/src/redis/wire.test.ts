import { describe, expect, test } from 'vitest'
import { decode as decodeEntry, encode } from '../log/entry.ts'
import { ledger } from '../testing/ledger.ts'
import { entryOf, type RawEntry, wordsOf } from './wire.ts'

const at = { topic: 'account', partition: 2 }
const decode = (catalog: typeof ledger, partition: typeof at, raw: RawEntry) =>
  decodeEntry(catalog, partition, entryOf(raw))
const cause = { correlationId: 'corr', causationId: 'cause' }

function entry(over: Record<string, string> = {}, entryId = '1764000000123-4'): RawEntry {
  const event = { type: 'moved', data: { cents: 5 } } as const
  const [eventId, type, meta, data] = wordsOf(encode(event, event.data, 2, cause, undefined))
  const fields = {
    position: '7',
    event_id: eventId,
    entity: 'a',
    version: '3',
    prev: '',
    type,
    meta,
    data,
    ...over,
  }
  return [entryId, Object.entries(fields).flat()]
}

describe('an event on the wire', () => {
  test('comes back as it was written, its time from its entry id', () => {
    expect(decode(ledger, at, entry())).toMatchObject({
      ...{
        type: 'moved',
        data: { cents: 5 },
        entity_id: 'a',
        key: 'a',
        version: 3,
        position: 7,
        partition: 2,
      },
      ...{
        schema_version: 2,
        correlation_id: 'corr',
        causation_id: 'cause',
        recorded_at: '2025-11-24T16:00:00.123Z',
      },
    })
  })

  test('of an older schema is upcast when it is read', () => {
    const old = entry({ meta: '{"c":"corr"}', data: '{"amount":12}' })
    expect(decode(ledger, at, old)).toMatchObject({ data: { cents: 1_200 }, schema_version: 1 })
  })

  test('keeps the key it was written with, also where its data cannot be decoded', () => {
    const keyed = entry({ meta: '{"s":2,"c":"corr","k":"together"}' })
    expect(decode(ledger, at, keyed).key).toBe('together')
    expect(entryOf(entry({ meta: '{"s":2,"c":"corr","k":"together"}', data: '{' })).key).toBe('together')
    expect(entryOf(entry({ meta: '{' })).key).toBe('a')
  })

  test('that is broken is refused with its entry id and what is wrong', () => {
    expect(() => decode(ledger, at, entry({ data: '{' }))).toThrow(
      /decode entry 1764000000123-4 of account:2: .*JSON/,
    )
    expect(() => decode(ledger, at, entry({ type: 'gone' }))).toThrow(/event type is 'gone'/)
    expect(() => decode(ledger, at, ['5-0', ['foo', 'bar']])).toThrow(/1 fields, expected 8/)
  })

  test('written by someone else is reported by itself, outside the positions', () => {
    const foreign = entryOf(['5-0', ['foo', 'bar']])
    expect(foreign).toMatchObject({ position: Number.NaN, eventId: '5-0', entityId: 'entry:5-0' })
  })
})
