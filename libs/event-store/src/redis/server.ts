import type { Server } from '../ops/operations.ts'
import { mastersOf } from './cluster.ts'
import { answerTo } from './connection.ts'
import type { ScriptedRedis } from './scripts.ts'

/** `name:value` lines of INFO. */
export const infoOf = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(/\r?\n/).map((line) => line.split(/:(.*)/s, 2) as [string, string]))

/** What INFO says of the memory of every master; needs no CONFIG. */
export async function serverOf(redis: ScriptedRedis): Promise<Server> {
  const asked = mastersOf(redis).map((master) => Promise.all([master.info('server'), master.info('memory')]))
  const answers = await answerTo<[string, string][]>('read INFO', Promise.all(asked))
  const infos = answers.map((sections) => infoOf(sections.join('\n')))
  const sum = (name: string) => infos.reduce((total, info) => total + Number(info.get(name) ?? 0), 0)
  const limited = infos.every((info) => Number(info.get('maxmemory') ?? 0) > 0)
  return {
    version: infos[0]?.get('redis_version') ?? '',
    usedBytes: sum('used_memory'),
    maxBytes: limited ? sum('maxmemory') : null,
    policy: infos[0]?.get('maxmemory_policy') ?? '',
  }
}
