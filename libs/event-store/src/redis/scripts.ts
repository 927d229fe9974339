import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'

const lua = (name: string) => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8')

/**
 * Runs even when Redis has reached its `maxmemory`: what it writes does not grow with the log, and without it members
 * would lose their leases and handle the same events again and again until there is room.
 * https://redis.io/docs/latest/develop/programmability/eval-intro/#eval-flags
 */
const whenFull = (script: string) => `#!lua flags=allow-oom\n${script}`

/** With what cold.lua knows of entities that have left. */
const withCold = (name: string) => `${lua('cold')}${lua(name)}`

/** With what entry.lua knows of entries by somebody else's hand. */
const withEntry = (name: string) => `${lua('entry')}${lua(name)}`

/** Every script, as ioredis' `scripts` option takes them: sent by EVALSHA, by EVAL where a connection has not seen it yet. */
export const scripts = {
  appendEvents: { lua: withCold('append'), numberOfKeys: 6 },
  createPartition: { lua: lua('create'), numberOfKeys: 7 },
  loadEntity: { lua: withCold('load'), numberOfKeys: 7 },
  lastEvents: { lua: withCold('last'), numberOfKeys: 4 },
  lag: { lua: lua('lag'), numberOfKeys: 4 },
  beat: { lua: whenFull(lua('beat')), numberOfKeys: 1 },
  claim: { lua: whenFull(withEntry('claim')), numberOfKeys: 6 },
  decide: { lua: lua('decide'), numberOfKeys: 4 },
  mark: { lua: whenFull(lua('mark')), numberOfKeys: 2 },
  advance: { lua: whenFull(withEntry('advance')) },
  // Rows grow, so a full Redis refuses them, the whole script before its first write.
  advanceWithRows: { lua: `#!lua\n${withEntry('advance')}` },
  restore: { lua: withEntry('restore'), numberOfKeys: 3 },
  trim: { lua: whenFull(withEntry('trim')), numberOfKeys: 3 },
  // Lets more go than the filter grows by.
  chill: { lua: whenFull(withCold('chill')), numberOfKeys: 4 },
  saveSnapshot: { lua: lua('snapshot'), numberOfKeys: 2 },
  release: { lua: whenFull(lua('release')), numberOfKeys: 1 },
  switchVersion: { lua: lua('switch'), numberOfKeys: 1 },
} as const

type Argument = string | number

/** The scripts as methods, which ioredis adds at run time. Those without `numberOfKeys` take the number of their keys first. */
type Scripts = {
  [Name in keyof typeof scripts]: (...keysAndArguments: Argument[]) => Promise<unknown>
}

/** A connection that knows the scripts. */
export type ScriptedRedis = Redis & Scripts
