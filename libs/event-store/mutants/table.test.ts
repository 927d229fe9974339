import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { page } from './table.ts'

test('docs/mutants.md lists every mutant and who notices it: `pnpm mutants` writes it', () => {
  expect(readFileSync(new URL('../../../docs/mutants.md', import.meta.url), 'utf8')).toBe(page(mutants))
})

test('every mutant breaks a guarantee that docs/guarantees.md names', () => {
  const guarantees = readFileSync(new URL('../../../docs/guarantees.md', import.meta.url), 'utf8')
  for (const { guarantee } of mutants) expect(guarantees).toContain(`| ${guarantee} |`)
})
