// `pnpm mutants [WORD]`: breaks a copy of the library in each way of `mutants.ts` (whose description has WORD in it), runs the
// test that must notice, and writes the table of docs/mutants.md when all were tried. Fails when one goes unnoticed.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutants } from './mutants.ts'
import { page } from './table.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const word = process.argv[2] ?? ''
const chosen = mutants.filter(({ breaks }) => breaks.includes(word))
const copy = mkdtempSync(join(tmpdir(), 'mutants-'))
const library = join(copy, 'libs/event-store')

type Results = { testResults: { assertionResults: { title: string; status: string }[] }[] }

/** Titles of the tests that failed, and how many ran. */
function run({ test, noticedBy }: Mutant): { failed: string[]; ran: number } {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const only = noticedBy.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const args = ['run', '--project', 'redis', `libs/event-store/${test}`, '--bail', '1', '-t', only]
  const output = ['--reporter', 'json', '--outputFile', report]
  const { stderr } = spawnSync(process.execPath, [vitest, ...args, ...output], {
    cwd: copy,
    encoding: 'utf8',
  })
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Results
    const all = testResults.flatMap(({ assertionResults }) => assertionResults)
    const ran = all.filter(({ status }) => status === 'passed' || status === 'failed')
    return {
      failed: ran.flatMap(({ title, status }) => (status === 'failed' ? [title] : [])),
      ran: ran.length,
    }
  } catch (cause) {
    throw new Error(`${test}: expected a report of its tests, got: ${stderr.slice(-2_000)}`, { cause })
  }
}

/** `undefined` when the named test notices the mutant, else what is wrong. */
function verdict(mutant: Mutant): string | undefined {
  const sound = run(mutant)
  if (sound.ran === 0) return `no test is called '${mutant.noticedBy}'`
  if (sound.failed.length > 0) return `fails without it: ${sound.failed[0]}`
  const path = join(library, 'src', mutant.file)
  const source = readFileSync(path, 'utf8')
  if (source.split(mutant.find).length !== 2) return `'${mutant.find}' is not once in ${mutant.file}`
  writeFileSync(
    path,
    source.replace(mutant.find, () => mutant.replace),
  )
  const broken = run(mutant)
  writeFileSync(path, source)
  return broken.failed.length > 0 ? undefined : 'survived'
}

cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (path) => path !== join(root, 'node_modules') && path !== join(root, '.git'),
})
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
let unnoticed = 0
for (const mutant of chosen) {
  const problem = verdict(mutant)
  if (problem) unnoticed++
  console.log(`${problem ?? 'noticed'}: ${mutant.breaks}`)
}
console.log(`${chosen.length - unnoticed} passed, ${unnoticed} failed`)
if (unnoticed === 0 && word === '') writeFileSync(join(root, 'docs/mutants.md'), page(mutants))
process.exitCode = unnoticed === 0 ? 0 : 1
