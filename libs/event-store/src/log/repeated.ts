// What a command id that is known says of an append that comes under it; `append.lua` has the same rules.
import type { StateToken } from '../entity.ts'
import type { LogEntry } from './entry.ts'
import type { AppendAnswer, EncodedAppend } from './log.ts'
import { versionOf } from './settled.ts'

/**
 * @param stored the events of the command, in order, at least one.
 * @param tokens where the entity of each write is now.
 */
export function answerToRepeat(
  stored: readonly LogEntry[],
  append: EncodedAppend,
  tokens: readonly StateToken[],
): AppendAnswer {
  const { writes } = append
  const last = stored.at(-1) as LogEntry
  const leftAt = new Map(stored.map(({ entityId, version, entryId }) => [entityId, `${version}@${entryId}`]))
  const isOurs = writes.some(({ entityId }) => leftAt.has(entityId))
  const sent = writes.flatMap(({ entityId, entries }) => entries.map((entry) => ({ ...entry, entityId })))
  const isSame = ({ entityId, type, data }: LogEntry, k: number) =>
    entityId === sent[k]?.entityId && type === sent[k].type && data === sent[k].data
  if (sent.length === 0 ? isOurs : sent.length === stored.length && stored.every(isSame)) {
    const left = writes.map(({ entityId }, k) => leftAt.get(entityId) ?? (tokens[k] as StateToken))
    return { result: 'repeated', position: last.position, tokens: left }
  }
  // Where the entity is not at what was expected, that says more: it has begun already, by whatever events.
  const conflict = isOurs ? conflictOf(append, tokens) : undefined
  return conflict ?? { result: 'reused', entityId: last.entityId }
}

/** The first write whose entity is not where it is expected. */
export function conflictOf(
  { writes }: EncodedAppend,
  tokens: readonly StateToken[],
): AppendAnswer | undefined {
  for (const [write, { expected }] of writes.entries()) {
    const token = tokens[write] as StateToken
    const fits = expected === 'any' || expected === token || expected === versionOf(token)
    if (!fits) return { result: 'conflict', write, token }
  }
  return undefined
}
