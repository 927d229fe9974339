import { expect, test } from 'vitest'
import { refused } from './licences.ts'
import type { Component } from './sbom.ts'

const under = (licenses: Component['licenses']): Component => ({
  purl: 'pkg:npm/thing@1.0.0',
  ...(licenses && { licenses }),
})
const id = (one: string) => ({ license: { id: one } })
const expression = (one: string) => ({ expression: one })

test.each([
  [[id('MIT')]],
  [[expression('(MIT OR EUPL-1.1+)')]],
  [[expression('(GPL-2.0-only OR (MIT AND Apache-2.0))')]],
  [[id('MIT'), id('ISC')]],
])('%j is allowed', (licenses) => {
  expect(refused([under(licenses)])).toEqual([])
})

test.each([
  [[id('GPL-3.0-only')], 'GPL-3.0-only'],
  [[id('AGPL-3.0-or-later')], 'AGPL-3.0-or-later'],
  [[expression('MIT AND GPL-2.0-only')], 'MIT AND GPL-2.0-only'],
  [[id('MIT'), id('SSPL-1.0')], '(MIT) AND (SSPL-1.0)'],
  [[{ license: { name: 'SEE LICENSE IN LICENSE' } }], 'SEE LICENSE IN LICENSE'],
  [[{ license: { name: 'UNLICENSED' } }], 'UNLICENSED'],
  [[], 'no licence'],
  [undefined, 'no licence'],
])('%j is refused', (licenses, told) => {
  expect(refused([under(licenses)])).toEqual([
    expect.stringContaining(`pkg:npm/thing@1.0.0 is under ${told}, expected one of 0BSD,`),
  ])
})
