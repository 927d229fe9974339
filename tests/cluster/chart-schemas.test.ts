import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { render, renderInto } from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { root } from '../root.ts'
import { kubeconform } from './kubernetes-schemas.ts'

const folder = join(root, '.test/conform')

test('every manifest of every way has only fields that its kind has, with values that it takes', () => {
  renderInto(folder)
  const { failed, stdout, stderr } = kubeconform(folder)
  expect(failed, stdout + stderr).toBe(false)
})

test('a misspelt field is found in every kind of manifest', () => {
  const found = new Map<string, string>()
  for (const document of parseAllDocuments(render('everything'))) {
    const depth = document.has('spec') ? ['spec'] : []
    document.setIn([...depth, 'misspelt'], true)
    found.set(String(document.get('kind')), document.toString())
  }
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'misspelt.yml')
  writeFileSync(file, [...found.values()].join('---\n'))
  const { stdout } = kubeconform(file)
  const missed = [...found.keys()].filter(
    (kind) => !new RegExp(`${kind} .* is invalid: .*'misspelt'`).test(stdout),
  )
  expect(missed, stdout).toEqual([])
})
