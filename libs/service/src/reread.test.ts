import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reread } from './reread.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reread-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function watched(file: string) {
  const told: string[] = []
  const tell = (level: string) => (fields: { problem?: string }) =>
    void told.push(`${level} ${fields.problem ?? ''}`.trim())
  const log = { info: tell('info'), error: tell('error') } as never
  const current = reread(file, (text) => JSON.parse(text) as unknown, log, 10)
  return { told, current }
}

/** As the kubelet mounts a Secret: `key.json` → `..data/key.json`, and `..data` → a folder that it replaces. */
function mounted(generation: number, text: string): string {
  const name = `..${generation}`
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'key.json'), text)
  symlinkSync(name, join(folder, '..new'))
  renameSync(join(folder, '..new'), join(folder, '..data'))
  if (generation === 1) symlinkSync('..data/key.json', join(folder, 'key.json'))
  return join(folder, 'key.json')
}

test("what a Secret's volume has is followed when the kubelet replaces it", async () => {
  const file = mounted(1, '1')
  const { current, told } = watched(file)
  expect(current()).toBe(1)
  mounted(2, '2')
  await eventually(() => current() === 2)
  expect(told).toEqual(['info'])
})

test('what is of no use is one error, the old content stays, and what is good again is taken', async () => {
  const file = join(folder, 'key.json')
  writeFileSync(file, '1')
  const { current, told } = watched(file)
  // At once: of one that is being written its beginning may be read, and be good.
  const put = (text: string) => {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  put('{')
  await eventually(() => told.length > 0)
  rmSync(file)
  await eventually(() => told.length > 1)
  expect(current()).toBe(1)
  put('3'.repeat(1024 * 1024 + 1))
  await eventually(() => told.length > 2)
  put('3')
  await eventually(() => current() === 3)
  const problems = ['error ', 'error ENOENT', 'expected at most 1048576 bytes, got 1048577']
  expect(told).toEqual([...problems.map((problem) => expect.stringContaining(problem)), 'info'])
})

test('what is of no use from the start is refused', () => {
  const file = join(folder, 'key.json')
  expect(() => watched(file)).toThrow('ENOENT')
  writeFileSync(file, '{')
  expect(() => watched(file)).toThrow()
})
