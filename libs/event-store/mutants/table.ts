import type { Mutant } from './mutants.ts'

const opening = `# Mutants

A test that cannot fail proves nothing. \`pnpm mutants\` breaks a copy of the library in each of these ways, one at a time, and
runs the test that must notice on a real Redis; without the mutant it must pass. The run fails when one goes unnoticed,
and writes this table when all were noticed. The list: \`libs/event-store/mutants/mutants.ts\`.
`

/** docs/mutants.md: every mutant and the test that notices it. */
export function page(mutants: readonly Mutant[]): string {
  const rows = mutants.map(
    ({ guarantee, breaks, file, test, noticedBy }) =>
      `| ${guarantee} | ${breaks} | \`${file}\` | \`${test}\`${noticedBy ? `, "${noticedBy} …"` : ''} |`,
  )
  return [opening, '| guarantee | mutant | in | noticed by |', '|---|---|---|---|', ...rows, ''].join('\n')
}
