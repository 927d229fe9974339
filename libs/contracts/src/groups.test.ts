import { expect, test } from 'vitest'
import { catalog } from './catalog.ts'
import { groups, projections } from './groups.ts'

test('every group and projection reads topics that exist, each once', () => {
  for (const topics of Object.values({ ...groups, ...projections })) {
    expect(catalog.topics).toEqual(expect.arrayContaining([...topics]))
    expect(new Set(topics).size).toBe(topics.length)
  }
})
