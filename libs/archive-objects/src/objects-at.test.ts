import { execFileSync } from 'node:child_process'
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

test.each([
  undefined,
  '',
  'archive',
  '/var/archive',
  's3:///prefix',
  'file://host/folder',
  'ftp://host',
  'http://user@host',
])('ARCHIVE_URL %j is refused, and what was expected is said', (ARCHIVE_URL) => {
  expect(() => objectsAt({ ARCHIVE_URL })).toThrow(
    `ARCHIVE_URL is '${ARCHIVE_URL ?? ''}', expected file:///folder, s3://bucket/prefix or http://host:port`,
  )
})

test('the AWS SDK is loaded when a bucket is first asked, and for nothing else', () => {
  const program = `
    import { registerHooks } from 'node:module'
    let loaded = 0
    registerHooks({ load: (url, context, next) => ((loaded += Number(url.includes('@aws-sdk'))), next(url, context)) })
    const { objectsAt } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
    const ask = (env) => objectsAt(env).list('', { limit: 1 }).catch(() => {})
    await ask({ ARCHIVE_URL: 'file:///nowhere' })
    await ask({ ARCHIVE_URL: 'http://127.0.0.1:1' })
    objectsAt({ ARCHIVE_URL: 's3://bucket' })
    const before = loaded
    await ask({ ARCHIVE_URL: 's3://bucket', ARCHIVE_S3_ENDPOINT: 'http://127.0.0.1:1' })
    console.log(JSON.stringify({ before, after: loaded > 0 }))
  `
  const keys = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
  const options = { env: { PATH: process.env.PATH, ...keys }, encoding: 'utf8' } as const
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], options)
  expect(JSON.parse(told)).toEqual({ before: 0, after: true })
})
