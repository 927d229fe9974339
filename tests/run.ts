// `scripts/test`: every check once, then every test but those of the cluster; the last line counts both.
// `scripts/test-cluster` names its project: only those tests.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countTests, type Tally } from './report.ts'
import { root } from './root.ts'

// The words of `pnpm check`, without its unit tests: those run with the others below.
const checks: Record<string, readonly string[]> = {
  lint: ['biome', 'check', '--error-on-warnings', '.'],
  types: ['tsc', '--noEmit'],
  boundaries: ['depcruise', 'libs', 'services', 'tools', 'charts/tools', 'tests', 'bench'],
  chart: ['node', 'charts/tools/src/docs.ts', '--check'],
  unused: ['knip'],
}
const report = join(root, '.test/report.json')
const only = process.argv.slice(2)
const projects = (only.length > 0 ? only : ['unit', 'redis', 'e2e']).flatMap((name) => ['--project', name])
const tests = [
  'vitest',
  'run',
  ...projects,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]

const bin = join(root, 'node_modules/.bin')

/** Runs a program of node_modules/.bin, its output shown as it comes. */
function run(name: string, [program = '', ...args]: readonly string[]): Promise<number> {
  const started = performance.now()
  console.log(`\n== ${name}: ${program} ${args.join(' ')}`)
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` }
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      const seconds = ((performance.now() - started) / 1_000).toFixed(1)
      console.log(`== ${name}: ${code === 0 ? 'passed' : `failed with ${code ?? signal}`} after ${seconds} s`)
      resolve(code ?? 1)
    })
  })
}

function testTally(exitCode: number): Tally {
  const counted = existsSync(report)
    ? countTests(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 }
  // An error outside any test, or no report at all, fails the run without failing a test.
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

mkdirSync(join(root, '.test'), { recursive: true })
rmSync(report, { force: true })
const exitCodes: number[] = []
let passed = 0
for (const [name, command] of Object.entries(only.length > 0 ? {} : checks)) {
  const exitCode = await run(name, command)
  exitCodes.push(exitCode)
  if (exitCode === 0) passed++
}
const tested = await run('tests', tests)
exitCodes.push(tested)
const tally = testTally(tested)
const failed = exitCodes.slice(0, -1).filter((code) => code !== 0).length + tally.failed
console.log(`\n${passed + tally.passed} passed, ${failed} failed`)
process.exitCode = exitCodes.find((code) => code !== 0) ?? (failed > 0 ? 1 : 0)
