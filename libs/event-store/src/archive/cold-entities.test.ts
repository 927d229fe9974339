import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { LogEntry } from '../log/entry.ts'
import { coldEntities } from './cold-entities.ts'

const at = { topic: 'account', partition: 0 }

test('what is remembered of a cold entity is its last event, not the block that this was read from', async () => {
  setFlagsFromString('--expose_gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const heap = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  let read = 0
  const lastOf = async (): Promise<LogEntry> => {
    const block = `${read++} ${'x'.repeat(128 * 1024)}`
    return {
      ...{ entryId: '1-0', previous: '', eventId: 'e', entityId: 'a', type: 't', version: 1, position: 1 },
      ...{ schemaVersion: 1, fingerprint: '', correlationId: 'c', causationId: 'c', key: 'a' },
      data: block.slice(0, 200),
    } as LogEntry
  }
  const cold = coldEntities({ lastOf })
  const maybe = { trimmed: 1, firstEntry: '2-0', chilled: '0' } as unknown as Parameters<typeof cold>[2]
  const before = heap()
  for (let entity = 0; entity < 2_000; entity++) await cold(at, `entity-${entity}`, maybe)
  expect((heap() - before) / 2 ** 20).toBeLessThan(32)
  await cold(at, 'entity-1999', maybe)
  expect(read).toBe(2_000)
})
