// Fails when a package.json or an import breaks the layers: core; then the other libs; then libs/shop; then services, tools, bench; then tests.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

type Rule = { readonly mayUse: readonly string[]; readonly instead: string }

const root = join(import.meta.dirname, '..')
const libs = ['core', 'contracts', 'event-store', 'service']
const tools = ['ops', 'check', 'local-shop', 'cluster', 'chart-tools']

function ruleOf(folder: string): Rule {
  if (folder === 'libs/core') return { mayUse: [], instead: 'Move the code up, to the lib that needs both.' }
  if (folder === 'libs/shop') return { mayUse: libs, instead: 'It stands between the libs and the services.' }
  if (folder.startsWith('libs/'))
    return { mayUse: ['core'], instead: 'Libs above core stay independent: let the service pass it in.' }
  if (folder.startsWith('services/'))
    return {
      mayUse: [...libs, 'shop'],
      instead: 'Services share events, never code: react to the event, or move code to a lib.',
    }
  return {
    mayUse: [...libs, 'shop', ...tools],
    instead: 'Drive services from outside, as processes, over HTTP and Redis.',
  }
}

/** Every dependency on a package of ours that the layers forbid, whichever of the lists it is in. */
function wrongDependencies(file: string): string[] {
  const { mayUse, instead } = ruleOf(dirname(file))
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(read(file))
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
    .filter((name) => name.startsWith('@ordershop/') && !mayUse.includes(name.replace('@ordershop/', '')))
    .map((name) => `${file}: depends on ${name}, allowed: ${mayUse.join(', ') || 'none of ours'}. ${instead}`)
}

/** Every `../` import: a service's src is flat, so it leaves the service or hides a folder that should not be. */
function climbingImports(file: string): string[] {
  const climbing = read(file).matchAll(/(?:from|import)\s*\(?\s*['"](\.\.\/[^'"]*)['"]/g)
  return [...climbing].map(
    ([, path]) =>
      `${file}: imports ${path}. Put it beside its user (./), or in a lib and import that by name.`,
  )
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

const packages = globSync('{libs/*,services/*,tools/*,charts/tools,tests,bench}/package.json', { cwd: root })
const sources = globSync('services/*/src/**/*.ts', { cwd: root })
if (packages.length < 5)
  throw new Error(`found ${packages.length} packages under ${root}, expected the workspace`)

const problems = [...packages.flatMap(wrongDependencies), ...sources.flatMap(climbingImports)]
for (const problem of problems) console.error(problem)
console.log(`boundaries: ${packages.length} packages, ${sources.length} sources, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
