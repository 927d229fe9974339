import { describe, expect, test } from 'vitest'
import { type LedgerEvent, ledger } from '../testing/ledger.ts'
import { stateCache } from './state-cache.ts'

const ref = (entityId: string) => ({ topic: 'account', entityId })
const known = (state: unknown) => ({ token: '1@1-1', position: 1, snapshotVersion: 0, state })

describe('a cache of states', () => {
  test('forgets what was used least recently once its bytes are used up', () => {
    const cache = stateCache<LedgerEvent>(ledger, 10_000)
    for (let n = 0; n < 100; n++) {
      cache.set(ref(`a-${n}`), 'r/1', known('x'.repeat(500)))
      cache.get(ref('a-0'), 'r/1')
    }
    const kept = Array.from({ length: 100 }, (_, n) => n).filter((n) => cache.get(ref(`a-${n}`), 'r/1'))
    expect(kept).toEqual([0, 95, 96, 97, 98, 99])
  })

  test('does not keep a state that is larger than all of it, nor the one before', () => {
    const cache = stateCache<LedgerEvent>(ledger, 10_000)
    cache.set(ref('a'), 'r/1', known('small'))
    cache.set(ref('a'), 'r/1', known('x'.repeat(10_000)))
    expect(cache.get(ref('a'), 'r/1')).toBeUndefined()
  })

  test('remembers nothing with no bytes', () => {
    const cache = stateCache<LedgerEvent>(ledger, 0)
    cache.set(ref('a'), 'r/1', known('small'))
    expect(cache.get(ref('a'), 'r/1')).toBeUndefined()
  })

  test('keeps deciders, topics, keys and entities apart', () => {
    const cache = stateCache<LedgerEvent>(ledger, 10_000)
    cache.set({ ...ref('b'), key: 'a' }, 'r/1', known('here'))
    for (const other of [ref('b'), { ...ref(''), key: 'ab' }, { ...ref('ab'), key: '' }])
      expect(cache.get(other, 'r/1')).toBeUndefined()
    expect(cache.get({ ...ref('b'), key: 'a' }, 'r/2')).toBeUndefined()
    expect(cache.get({ topic: 'note', entityId: 'b', key: 'a' }, 'r/1')).toBeUndefined()
    expect(cache.get({ ...ref('b'), key: 'a' }, 'r/1')).toEqual(known('here'))
  })

  test('gives the last event as a reader of the log would get it', () => {
    const cache = stateCache<LedgerEvent>(ledger, 10_000)
    const data = { cents: 5, note: 'not in the schema', when: undefined }
    cache.set(ref('a'), 'r/1', known(0), { type: 'moved', data, version: 1, entry_id: '1-1' })
    const event = { type: 'moved', data: { cents: 5 }, version: 1, entry_id: '1-1' }
    expect(cache.get(ref('a'), 'r/1')).toEqual({ ...known(0), event })
  })
})
