import { expect, test } from 'vitest'
import { storage, withoutSecrets } from './storage.ts'

test.each([
  ['https://ann:secret@archive.example:5010/shop?token=secret#secret', 'https://archive.example:5010/shop'],
  ['s3://bucket/prefix', 's3://bucket/prefix'],
  ['file:///var/archive', 'file:///var/archive'],
])('of where the archive is no secret is told: %s', (url, shown) => {
  expect(withoutSecrets(url)).toBe(shown)
})

test('how far each partition is archived is where the group of the archive stands', async () => {
  const ops = {
    server: async () => ({ version: '8.0.2', usedBytes: 7, maxBytes: 9, policy: 'noeviction' }),
    lag: async (groups: object) => {
      expect(groups).toEqual({ archive: ['order'] })
      const idle = {
        lagMs: 0,
        owner: null,
        disputed: false,
        parkedKeys: 0,
        parkedEvents: 0,
        oldestParkedMs: 0,
      }
      return [
        { topic: 'order', partition: 3, group: 'archive', head: 9, trimmed: 0, position: 5, lag: 4, ...idle },
      ]
    },
  }
  const archive = { url: 's3://bucket', group: 'archive' }
  const watched = { groups: { archive: ['order'] }, projections: {} }
  expect(await storage({ ops, durability: { replicated: 1 }, archive }, watched)).toEqual({
    redis: {
      ...{ version: '8.0.2', used_bytes: 7, max_bytes: 9 },
      ...{ policy: 'noeviction', durability: 'replicated:1' },
    },
    archive: { url: 's3://bucket', partitions: [{ topic: 'order', partition: 3, archived_to: 5 }] },
  })
})
