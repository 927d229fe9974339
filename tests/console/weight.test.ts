import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { root } from '../root.ts'

const dist = join(root, 'libs/console/dist')
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const gzipped = (path: string) => gzipSync(readFileSync(join(dist, path))).length

test('the first view weighs at most 120 kB, gzipped', () => {
  const first = [...page.matchAll(/(?:src|href)="\/console\/([^"]+)"/g)].map(([, path = '']) => path)
  expect(first.length).toBeGreaterThanOrEqual(2)
  const bytes = gzipSync(page).length + first.reduce((sum, path) => sum + gzipped(path), 0)
  expect(bytes).toBeLessThanOrEqual(120_000)
})

test('nothing comes from other hosts, and nothing is inline', () => {
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style=|https?:/)
  const sheets = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.css'))
  for (const name of sheets)
    expect(readFileSync(join(dist, 'assets', name), 'utf8')).not.toMatch(/url\(|@import/)
})
