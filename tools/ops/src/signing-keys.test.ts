import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyFiles } from '@ordershop/shop'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeKeys, createKeys } from './signing-keys.ts'

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'keys-')), 'shop')
  createKeys(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type File = keyof typeof keyFiles
const keysIn = (file: File): { kid: string; d?: string }[] =>
  JSON.parse(readFileSync(join(folder, keyFiles[file]), 'utf8')).keys
const idsIn = (file: File) => keysIn(file).map(({ kid }) => kid)

test('whoever checks commands knows the gateway alone, and can sign nothing', () => {
  expect(idsIn('commandCallers')).toEqual(idsIn('gatewaySigning'))
  expect(idsIn('archiveCallers')).toEqual([...idsIn('gatewaySigning'), ...idsIn('readerSigning')])
  for (const file of ['commandCallers', 'archiveCallers'] as const)
    for (const key of keysIn(file)) expect(key).not.toHaveProperty('d')
})

test('keys are for nobody else to read, and are not made twice', () => {
  for (const name of Object.values(keyFiles)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
  expect(() => createKeys(folder)).toThrow('has gateway-signing.json already, expected none')
})

test('at each step of an exchange what signs before it and after it is known on both sides of it', () => {
  const seen = () => ({ signs: idsIn('gatewaySigning')[0] ?? '', known: idsIn('commandCallers') })
  const before = seen()
  let last = before
  for (const step of ['add', 'use', 'retire'] as const) {
    changeKeys(step, folder)
    const now = seen()
    // Some processes have read this step, and some the one before.
    expect(now.known, step).toContain(last.signs)
    expect(last.known, step).toContain(now.signs)
    last = now
  }
  expect(last.known).toEqual([last.signs])
  expect(last.signs).not.toBe(before.signs)
})
