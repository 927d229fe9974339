import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mutants } from './mutants.ts'
import { page } from './table.ts'

it('docs/mutants.md lists every mutant and who notices it: `pnpm mutants` writes it', () => {
  expect(readFileSync(new URL('../../../docs/mutants.md', import.meta.url), 'utf8')).toBe(page(mutants))
})

it('every mutant breaks a guarantee that ARCHITECTURE.md names', () => {
  const architecture = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8')
  for (const { guarantee } of mutants) expect(architecture).toContain(`| ${guarantee} |`)
})
