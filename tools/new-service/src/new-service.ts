// `pnpm new-service NAME`: writes a service with its decider, tests, events, chart entry and docs line.
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { catalog, serviceNames, services } from '@ordershop/contracts'
import { Command } from 'commander'
import { edits, type NewService } from './edits.ts'
import { namesOf, renamed } from './names.ts'

const root = resolve(import.meta.dirname, '../../..')
const templates = resolve(import.meta.dirname, '../templates')

/** Every file as it will be, by its path: nothing is written before all of it is known. */
function planOf(service: NewService): Map<string, string> {
  const { names, reacts } = service
  const plan = new Map<string, string>()
  const kind = join(templates, reacts ? 'reacting' : 'http')
  for (const file of globSync('**/*.{ts,md,json}', { cwd: kind }))
    plan.set(renamed(file, names), renamed(read(join(kind, file)), names))
  for (const [file, some] of Object.entries(edits)) {
    const edited = some.reduce((text, edit) => edit(text, service, file), read(join(root, file)))
    plan.set(file, edited)
  }
  return plan
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}

function write(plan: ReadonlyMap<string, string>): void {
  for (const [file, text] of plan) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const code = [...plan.keys()].filter((file) => /\.(ts|json)$/.test(file))
  execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', ...code], {
    cwd: root,
    stdio: 'ignore',
  })
}

function newService(name: string, { http }: { readonly http: boolean }): void {
  const names = namesOf(name, [...serviceNames, ...catalog.topics])
  const port = 1 + Math.max(...serviceNames.map((known) => services[known].port))
  const plan = planOf({ names, port, reacts: !http })
  write(plan)
  for (const file of plan.keys()) console.log(relative(process.cwd(), join(root, file)))
  console.log(
    `\nPort ${port}. Left to do: \`pnpm install\`, \`pnpm chart-golden\`; CONTRIBUTING.md, "Add a service", has the rest.`,
  )
}

const program = new Command('pnpm new-service')
  .description('Writes a service that reacts to new customers, or one that takes commands over HTTP.')
  .argument('<name>', 'lower-case words with dashes, e.g. gift-card')
  .option('--http', 'takes commands over HTTP instead of reacting', false)
  .action(newService)

try {
  program.parse()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
