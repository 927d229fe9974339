import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryOfLine, lineOf } from '../archive/line.ts'
import { mergedName, readName, readRunName, runName, sealedName } from '../archive/segment-names.ts'
import { decode, encode, type RawEntry } from '../log/entry.ts'
import { compareEntryIds, indexAfter } from '../log/entry-id.ts'
import { ledger } from '../testing/ledger.ts'
import { entryOf, nameOf, spelled, wordsOf } from './wire.ts'

const at = { topic: 'account', partition: 2 }
/** Any text, half of a character included. */
const anyText = fc.string({ unit: 'binary' })
const entryId = fc.tuple(fc.nat(), fc.nat()).map(([ms, sequence]) => `${ms}-${sequence}`)
const position = fc.integer({ min: 1, max: 10 ** 15 - 1 })
/** Near enough to an event to get past the first looks. */
const nearly = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom('moved', 'a', '__proto__', '1', '-', '%', ''), anyText), {
      maxLength: 8,
    }),
  )
  .chain(([words]) => fc.oneof(anyText, fc.json()).map((meta) => [...words, meta].join(' ')))
const fields = fc.oneof(
  fc.array(anyText, { maxLength: 8 }),
  fc.tuple(
    fc.constantFrom('event/2', 'event/1'),
    nearly,
    fc.constantFrom('data', 'Data'),
    fc.oneof(fc.json(), anyText),
  ),
  fc.oneof(fc.json(), anyText).map((meta) => ['event/2', `moved a id 3 7 - ${meta}`, 'data', '{"cents":1}']),
)

test('a name comes back as it was spelled, in one word', () => {
  fc.assert(
    fc.property(
      anyText.filter((name) => name !== ''),
      (name) => {
        expect(spelled(name)).toMatch(/^[!-~]+$/)
        expect(nameOf(spelled(name))).toBe(name.toWellFormed())
      },
    ),
  )
})

test('whatever lies in a stream is read, and is either an event in its place or an entity by itself', () => {
  fc.assert(
    fc.property(entryId, fields, (id, met) => {
      const entry = entryOf([id, met])
      expect(typeof entry.key).toBe('string')
      expect(typeof entry.correlationId).toBe('string')
      if (Number.isNaN(entry.position)) expect(entry).toMatchObject({ eventId: id, entityId: `entry:${id}` })
      else expect(entry.position).toBeGreaterThan(0)
      if (Number.isNaN(entry.version)) expect(entry.problem).toBeDefined()
    }),
    { numRuns: 2_000 },
  )
})

test('whatever lies in a stream is decoded, or refused as invalid', () => {
  fc.assert(
    fc.property(entryId, fields, (id, met) => {
      try {
        expect(decode(ledger, at, entryOf([id, met])).entry_id).toBe(id)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining(`entry ${id}`) })
      }
    }),
    { numRuns: 2_000 },
  )
})

test('an event that is written is read as the same', () => {
  const name = anyText.filter((text) => text !== '').map((text) => text.toWellFormed())
  fc.assert(
    fc.property(
      name,
      fc.integer(),
      position,
      fc.option(name, { nil: undefined }),
      (entity, cents, place, key) => {
        const event = { type: 'moved', data: { cents } } as const
        const schema = { schemaVersion: 2, fingerprint: undefined }
        const cause = { correlationId: entity, causationId: key ?? entity }
        const [head, meta, data] = wordsOf(spelled(entity), encode(event, event.data, schema, cause, key))
        const raw: RawEntry = ['5-0', ['event/2', `${head} 1 ${place} - ${meta}`, 'data', data]]
        expect(decode(ledger, at, entryOf(raw))).toMatchObject({
          ...{ ...event, entity_id: entity, key: key ?? entity, position: place, version: 1 },
          ...{ correlation_id: cause.correlationId, causation_id: cause.causationId },
        })
      },
    ),
  )
})

test('an entry comes back from its line in the archive, which is one line, whatever it has in it', () => {
  fc.assert(
    fc.property(entryId, fc.array(anyText, { minLength: 2, maxLength: 6 }), (id, met) => {
      const line = lineOf([id, met])
      expect(line).not.toMatch(/[\n\r]/)
      expect(entryOfLine(line)).toEqual([id, met])
    }),
  )
})

test('names of segments come back as the positions that they were made of, and no other name does', () => {
  fc.assert(
    fc.property(position, position, (first, last) => {
      expect(readName(sealedName(at, first))).toMatchObject({ first })
      const merged = mergedName(at, first, last)
      expect(readName(merged)).toEqual({ name: merged, first, last })
      for (const place of [
        { part: 0, parts: 1 },
        { part: 3, parts: 16 },
      ]) {
        const name = runName(at, first, last, place)
        expect(readRunName(name)).toEqual({ name, first, last, ...place })
        expect(readName(name)).toBeUndefined()
      }
    }),
  )
  fc.assert(
    fc.property(anyText, (name) => {
      expect(readName(`account/0/segments/${name}x`)).toBeUndefined()
    }),
  )
})

test('entry ids are in the order of their numbers, and each is found among others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(entryId), entryId, (ids, wanted) => {
      const inOrder = ids.toSorted(compareEntryIds)
      const index = indexAfter(inOrder, wanted, (id) => id)
      expect(inOrder.slice(0, index).every((id) => compareEntryIds(id, wanted) <= 0)).toBe(true)
      expect(inOrder.slice(index).every((id) => compareEntryIds(id, wanted) > 0)).toBe(true)
    }),
  )
})
