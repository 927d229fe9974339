import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiKeyLine, newApiKey, parseApiKeys } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { createLog } from '@ordershop/service'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type WatchedFile, watchedFile } from './watched-file.ts'

// Other tests keep the disk busy.
vi.setConfig({ testTimeout: 30_000 })
const patience = { withinMs: 20_000 }

let dir: string
let lines: { level: string; problem?: string }[]
let file: WatchedFile<string[]>
const line = (name: string) => apiKeyLine(newApiKey(), { name, roles: 'read' })
const names = (text: string) => parseApiKeys(text).map(({ name }) => name)
const said = (level: string) => lines.filter((one) => one.level === level)

/** As Kubernetes updates a volume: a new folder, and `..data` turned to it by one rename. */
function update(version: string, text: string | undefined): void {
  mkdirSync(join(dir, `..${version}`))
  if (text !== undefined) writeFileSync(join(dir, `..${version}`, 'api-keys'), text)
  symlinkSync(`..${version}`, join(dir, '..data_tmp'))
  renameSync(join(dir, '..data_tmp'), join(dir, '..data'))
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'api-keys-'))
  lines = []
  const log = createLog({ service: 'test' }, { write: (text) => void lines.push(JSON.parse(text)) })
  const first = line('till')
  update('1', first)
  symlinkSync('..data/api-keys', join(dir, 'api-keys'))
  file = watchedFile(join(dir, 'api-keys'), first, names, log, 5)
})
afterEach(() => {
  file.close()
  rmSync(dir, { recursive: true })
})

test('keys are those of the Secret as it is now', async () => {
  expect(file.current()).toEqual(['till'])
  update('2', `${line('till')}\n${line('warehouse')}`)
  await eventually(() => expect(file.current()).toEqual(['till', 'warehouse']), patience)
  update('3', '# nobody any more\n')
  await eventually(() => expect(file.current()).toEqual([]), patience)
  expect(said('error')).toEqual([])
})

test.each([
  ['malformed', 'till abc read', /line 1: hash: expected 64/],
  ['gone', undefined, /ENOENT/],
  ['too long', '#'.repeat(1024 * 1024 + 1), /expected at most 1048576 bytes, got 1048577/],
])('while the file is %s the keys stay as they were, and one line says so', async (_how, text, why) => {
  update('2', text)
  await eventually(() => expect(said('error')).toHaveLength(1), patience)
  expect(said('error')[0]?.problem).toMatch(why)
  expect(file.current()).toEqual(['till'])
  update('3', line('desk'))
  await eventually(() => expect(file.current()).toEqual(['desk']), patience)
  expect(said('error')).toHaveLength(1)
})
