import { catalog, groups, projections } from '@ordershop/contracts'
import { expect, test } from 'vitest'
import { archiveAt, watchedBy } from './archive.ts'

test('where there is no archive nothing is read there, and nobody waits for it', () => {
  for (const env of [{}, { ARCHIVE_URL: '' }]) {
    expect(archiveAt(env)).toBeUndefined()
    expect(watchedBy(env)).toEqual({ groups, projections })
  }
})

test('where there is one its lag is watched, in every topic', () => {
  const env = { ARCHIVE_URL: 'http://archiver:5010' }
  expect(archiveAt(env)).toHaveProperty('read')
  expect(watchedBy(env)).toEqual({ groups: { ...groups, archive: catalog.topics }, projections })
})
