import { describe, expect, test } from 'vitest'
import type { RawEntry } from '../log/entry.ts'
import { decode as decodeEntry, encode } from '../log/entry.ts'
import { ledger } from '../testing/ledger.ts'
import { entryOf, spelled, wordsOf } from './wire.ts'

const at = { topic: 'account', partition: 2 }
const decode = (catalog: typeof ledger, partition: typeof at, raw: RawEntry) =>
  decodeEntry(catalog, partition, entryOf(raw))
const cause = { correlationId: 'corr', causationId: 'cause' }

function entry(
  over: { event?: string; meta?: string; data?: string } = {},
  entryId = '1764000000123-4',
  fingerprint?: string,
): RawEntry {
  const event = { type: 'moved', data: { cents: 5 } } as const
  const schema = { schemaVersion: 2, fingerprint }
  const [head, meta, data] = wordsOf('a', encode(event, event.data, schema, cause, undefined))
  const named = `${over.event ?? head} 3 7 1763999999999-0 ${over.meta ?? meta}`
  return [entryId, ['event/2', named, 'data', over.data ?? data]]
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

  test('is not checked again by a reader that has the fingerprint of its writer, and by every other', () => {
    const data = '{"cents":"not a number"}'
    const ofNow = { ...ledger, fingerprint: () => 'now' }
    expect(decode(ofNow, at, entry({ data }, '1-0', 'now')).data).toEqual({ cents: 'not a number' })
    for (const fingerprint of ['before', undefined])
      expect(() => decode(ofNow, at, entry({ data }, '1-0', fingerprint))).toThrow(/cents is "not a number"/)
    expect(() => decode(ledger, at, entry({ data }, '1-0', 'now'))).toThrow(/cents is "not a number"/)
  })

  test('that is broken is refused with its entry id and what is wrong', () => {
    expect(() => decode(ledger, at, entry({ data: '{' }))).toThrow(
      /decode entry 1764000000123-4 of account:2: .*JSON/,
    )
    expect(() => decode(ledger, at, entry({ event: 'gone a id' }))).toThrow(/event type is 'gone'/)
    const foreign: RawEntry = ['5-0', ['foo', 'bar', 'n', '1']]
    expect(() => decode(ledger, at, foreign)).toThrow(/fields foo, n, expected event\/2, data/)
  })

  test('is of the entity and the type that it was written with, however they are called', () => {
    for (const name of ['a b', '50%', '{"', 'ä €', '-', ' ', 'a%20b']) {
      const [event] = [`${spelled(name)} ${spelled(name)} id`]
      expect(entryOf(entry({ event }))).toMatchObject({ type: name, entityId: name, version: 3, position: 7 })
    }
  })

  test('that was cut by hand is an entity by itself, and one that is misspelled keeps its name', () => {
    const cut: RawEntry = ['5-0', ['event/2', 'moved a id 3', 'data', '{}']]
    expect(entryOf(cut)).toMatchObject({ position: Number.NaN, entityId: 'entry:5-0' })
    expect(entryOf(entry({ event: 'moved 100%zz id' })).entityId).toBe('100%zz')
  })

  test('written by someone else is reported by itself, outside the positions', () => {
    const foreign = entryOf(['5-0', ['foo', 'bar']])
    expect(foreign).toMatchObject({ position: Number.NaN, eventId: '5-0', entityId: 'entry:5-0' })
  })
})
