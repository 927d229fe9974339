import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseImagesOf } from './base-images.ts'
import { root } from './root.ts'

const digest = `sha256:${'0a'.repeat(32)}`

test('what our images build on is named by digest, and is the Node of this repository', () => {
  const bases = baseImagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'))
  expect(bases.map(({ argument }) => argument)).toEqual(['NODE_IMAGE', 'RUNTIME_IMAGE'])
  const [, major] = /^ {2}node: (\d+)\./m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  for (const { name } of bases) expect(name).toMatch(new RegExp(`node(js|:)${major}-`))
})

test('a stage may build on an earlier one, and on an argument with tag and digest', () => {
  const dockerfile = `ARG BASE=node:24@${digest}\nFROM \${BASE} AS libs\nRUN true\nFROM libs AS service\n`
  expect(baseImagesOf(dockerfile)).toEqual([{ argument: 'BASE', name: 'node:24', digest }])
})

test.each([
  ['node:24', 'FROM node:24: expected'],
  [`node@${digest}`, `FROM node@${digest}: expected`],
  ['later', 'FROM later: expected'],
  ['$'.concat('{BASE}'), ', which is node:24: expected'],
])('a stage on %s is refused', (image, message) => {
  const dockerfile = `ARG BASE=node:24\nFROM ${image} AS one\nFROM one AS later\n`
  expect(() => baseImagesOf(dockerfile)).toThrow(message)
})
