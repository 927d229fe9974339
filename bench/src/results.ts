// What a run leaves behind: `bench/results.json`, and its tables in docs/performance.md.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import type { Result } from './measure.ts'
import { tables } from './tables.ts'

const root = resolve(import.meta.dirname, '../..')
const files = { results: join(root, 'bench/results.json'), page: join(root, 'docs/performance.md') }
const [begin, end] = ['<!-- pnpm bench writes from here -->', '<!-- to here -->']

/** Every figure of a run, and what it was measured on. */
type Results = {
  readonly measured_on: Readonly<Record<string, string>>
  readonly results: readonly Result[]
}

export function save(found: readonly Result[]): void {
  const results: Results = { measured_on: surroundings(), results: found }
  writeFileSync(files.results, `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(files.page, pageWith(results))
}

export const readResults = (): Results => JSON.parse(readFileSync(files.results, 'utf8'))
export const readPage = (): string => readFileSync(files.page, 'utf8')

/** The page with these tables in the place of those that it has. */
export function pageWith({ measured_on, results }: Results): string {
  const [before, rest] = readPage().split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`docs/performance.md has no "${begin}" … "${end}", expected both`)
  const on = Object.entries(measured_on).map(([what, value]) => `${what} ${value}`)
  return `${before}${begin}\n\nMeasured on: ${on.join(' · ')}.\n\n${tables(results)}\n${end}${after}`
}

function surroundings(): Record<string, string> {
  const say = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: root, encoding: 'utf8' }).trim()
  const changed = say('git', 'status', '--porcelain', '--', 'libs', 'services', 'bench/src') !== ''
  const version = (name: string) =>
    JSON.parse(readFileSync(join(root, 'bench/node_modules', name, 'package.json'), 'utf8')).version as string
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: say('git', 'rev-parse', '--short', 'HEAD') + (changed ? ' and changes' : ''),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    redis: /v=(\S+)/.exec(say(process.env.REDIS_SERVER ?? 'redis-server', '--version'))?.[1] ?? 'unknown',
    ...Object.fromEntries(
      [
        'ioredis',
        '@redis/client',
        'bullmq',
        '@nats-io/jetstream',
        '@event-driven-io/emmett',
        '@event-driven-io/emmett-postgresql',
        'express',
      ].map((name) => [name, version(name)]),
    ),
  }
}
