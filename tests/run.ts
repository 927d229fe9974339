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
  client: ['node', 'libs/client/generate.ts', '--check'],
  unused: ['knip'],
}
const only = process.argv.slice(2)
// What mostly waits leaves the processors to the tests beside it.
const turns = only.length > 0 ? [[only]] : [[['unit', 'redis'], ['waiting']], [['e2e', 'console']]]

const bin = join(root, 'node_modules/.bin')

/** Runs a program of node_modules/.bin, its output shown as it comes or, where another one's is shown, at its end. */
function run(name: string, [program = '', ...args]: readonly string[], atEnd = false): Promise<number> {
  const started = performance.now()
  const heading = `\n== ${name}: ${program} ${args.join(' ')}`
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` }
  const output = atEnd ? 'pipe' : 'inherit'
  if (!atEnd) console.log(heading)
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', output, output] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => said.push(data))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const seconds = ((performance.now() - started) / 1_000).toFixed(1)
      if (atEnd) console.log(`${heading}\n${Buffer.concat(said)}`)
      console.log(`== ${name}: ${code === 0 ? 'passed' : `failed with ${code ?? signal}`} after ${seconds} s`)
      resolve(code ?? 1)
    })
  })
}

/** Runs the tests of some projects. */
async function test(projects: readonly string[], atEnd: boolean): Promise<Tally & { exitCode: number }> {
  const report = join(root, `.test/${projects[0]}.json`)
  rmSync(report, { force: true })
  const chosen = projects.flatMap((name) => ['--project', name])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await run(
    `tests ${projects.join(', ')}`,
    ['vitest', 'run', ...chosen, ...reporters],
    atEnd,
  )
  const counted = existsSync(report)
    ? countTests(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 }
  // An error outside any test, or no report at all, fails the run without failing a test.
  return exitCode !== 0 && counted.failed === 0
    ? { ...counted, failed: 1, exitCode }
    : { ...counted, exitCode }
}

mkdirSync(join(root, '.test'), { recursive: true })
const exitCodes: number[] = []
let passed = 0
for (const [name, command] of Object.entries(only.length > 0 ? {} : checks)) {
  const exitCode = await run(name, command)
  exitCodes.push(exitCode)
  if (exitCode === 0) passed++
}
let failed = exitCodes.filter((code) => code !== 0).length
for (const beside of turns)
  for (const tested of await Promise.all(beside.map((projects, k) => test(projects, k > 0)))) {
    exitCodes.push(tested.exitCode)
    passed += tested.passed
    failed += tested.failed
  }
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = exitCodes.find((code) => code !== 0) ?? (failed > 0 ? 1 : 0)
