import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { objectsAt } from './objects-at.ts'

test('a file URL is a folder', async () => {
  const root = mkdtempSync(join(tmpdir(), 'an archive-'))
  const objects = objectsAt({ ARCHIVE_URL: pathToFileURL(join(root, 'of it')).href })
  await objects.create('a', new Uint8Array(1))
  expect(await objects.list('', { limit: 2 })).toEqual(['a'])
  rmSync(root, { recursive: true })
})

test.each([undefined, '', 'archive', '/var/archive', 's3:///prefix', 'file://host/folder', 'http://bucket'])(
  'ARCHIVE_URL %j is refused, and what was expected is said',
  (ARCHIVE_URL) => {
    expect(() => objectsAt({ ARCHIVE_URL })).toThrow(
      `ARCHIVE_URL is '${ARCHIVE_URL ?? ''}', expected file:///folder or s3://bucket/prefix`,
    )
  },
)
