// `pnpm new-service NAME`: writes a service, its events, its tests, and tells of it whatever must know of it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { catalog } from '@ordershop/contracts'
import { examples } from '@ordershop/contracts/testing'
import { snakeCase } from 'change-case'
import { Command, Option } from 'commander'
import { execa } from 'execa'
import { type Plan, planOf } from './plan.ts'

const root = resolve(import.meta.dirname, '../../..')

const topics = catalog.topics.filter((topic) =>
  examples.some(({ type }) => type === `${snakeCase(topic)}_created`),
)

async function newService(name: string, options: { http: boolean; topic: string }): Promise<void> {
  const { plan, port } = planOf(root, name, options.http ? undefined : options.topic)
  write(plan)
  await finish(plan)
  console.log(`${[...plan.keys()].join('\n')}

Port ${port}. What is left by hand: CONTRIBUTING.md, "Add a service".`)
}

function write(plan: Plan): void {
  for (const [file, text] of plan) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

/** Sorts and formats what was written, and links the new package. */
async function finish(plan: Plan): Promise<void> {
  const run = execa({ cwd: root, preferLocal: true, localDir: root })
  await run('biome', ['check', '--write', ...[...plan.keys()].filter((file) => /\.(ts|json)$/.test(file))])
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  await run('npx', ['-y', packageManager, 'install', '--prefer-offline', '--no-frozen-lockfile'])
}

const program = new Command('pnpm new-service')
  .description('Writes a service that reacts to events, or one that takes commands over HTTP.')
  .argument('<name>', 'lower-case words with dashes, e.g. gift-card')
  .addOption(
    new Option('--topic <topic>', 'react to what is created in this topic')
      .choices(topics)
      .default('customer')
      .conflicts('http'),
  )
  .option('--http', 'take commands over HTTP instead of reacting', false)
  .action(newService)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
