import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'

const lua = (name: string) => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8')

/** Every script, as ioredis' `scripts` option takes them: sent by EVALSHA, by EVAL where a connection has not seen it yet. */
export const scripts = {
  appendEvents: { lua: lua('append'), numberOfKeys: 5 },
  createPartition: { lua: lua('create'), numberOfKeys: 6 },
  loadEntity: { lua: lua('load'), numberOfKeys: 5 },
  lastEvents: { lua: lua('last'), numberOfKeys: 2 },
  lag: { lua: lua('lag'), numberOfKeys: 4 },
  beat: { lua: lua('beat'), numberOfKeys: 1 },
  claim: { lua: lua('claim'), numberOfKeys: 6 },
  decide: { lua: lua('decide'), numberOfKeys: 4 },
  mark: { lua: lua('mark'), numberOfKeys: 2 },
  advance: { lua: lua('advance') },
  release: { lua: lua('release'), numberOfKeys: 1 },
  switchVersion: { lua: lua('switch'), numberOfKeys: 1 },
} as const

type Argument = string | number

/** The scripts as methods, which ioredis adds at run time. `advance` takes the number of its keys first. */
type Scripts = {
  [Name in keyof typeof scripts]: (...keysAndArguments: Argument[]) => Promise<unknown>
}

/** A connection that knows the scripts. */
export type ScriptedRedis = Redis & Scripts
