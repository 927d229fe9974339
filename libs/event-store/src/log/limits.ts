import { AppError } from '@ordershop/core'
import type { AppendAll, EntityAppend, EntityRef } from '../entity.ts'
import type { AnyEvent } from '../event.ts'

/** Bounds of one append and of one call to Redis, which blocks everybody else while it runs. */
export const limits = {
  idChars: 256,
  dataBytes: 128 * 1024,
  eventsPerAppend: 512,
  entitiesPerAppend: 512,
  bytesPerAppend: 1024 * 1024,
  appendsPerCall: 64,
  eventsPerCall: 512,
  writesPerCall: 512,
  bytesPerCall: 1024 * 1024,
} as const

const invalid = (attempted: string, met: string, expected: string) =>
  new AppError('invalid', `${attempted}: ${met}, expected ${expected}`)

function checkId(attempted: string, name: string, value: string): void {
  if (typeof value !== 'string' || value.length < 1 || value.length > limits.idChars)
    throw invalid(
      attempted,
      `${name} is ${JSON.stringify(value)?.slice(0, 80)}`,
      `1 to ${limits.idChars} characters`,
    )
}

/** @throws AppError `invalid` for a topic that is not among `topics`. */
export function checkTopic(attempted: string, topics: readonly string[], topic: string): void {
  if (!topics.includes(topic)) throw invalid(attempted, `topic is '${topic}'`, `one of ${topics.join(', ')}`)
}

/** @throws AppError `invalid` unless the names fit. */
export function checkRef(attempted: string, topics: readonly string[], ref: EntityRef): void {
  checkTopic(attempted, topics, ref.topic)
  checkId(attempted, 'entityId', ref.entityId)
  if (ref.key !== undefined) checkId(attempted, 'key', ref.key)
}

/** @throws AppError `invalid` unless it is a `StateToken`. */
export function checkToken(attempted: string, token: unknown): void {
  if (typeof token !== 'string' || !/^(0@|[1-9]\d{0,15}@\d{1,20}-\d{1,20})$/.test(token))
    throw invalid(
      attempted,
      `token is ${JSON.stringify(token)?.slice(0, 80)}`,
      'one that load or append gave',
    )
}

/** @throws AppError `invalid` unless ids, expected versions and the numbers of entities and events fit. */
export function checkAppend<E extends AnyEvent>(
  topics: readonly string[],
  { topic, key, commandId, entities }: AppendAll<E>,
  fewestEvents: 0 | 1,
): void {
  const most = limits.entitiesPerAppend
  if (entities.length < 1 || entities.length > most)
    throw invalid(`append to ${topic}`, `${entities.length} entities`, `1 to ${most}`)
  const met = entities.length > 1 ? new Set<string>() : undefined
  let events = 0
  for (const entity of entities) {
    const attempted = `append to ${topic} ${entity.entityId}`
    checkRef(attempted, topics, { topic, entityId: entity.entityId, key })
    checkExpected(attempted, entity.expected)
    if (met?.has(entity.entityId)) throw invalid(attempted, 'it is named twice', 'each entity once')
    met?.add(entity.entityId)
    events += entity.events.length
  }
  const attempted = `append to ${topic} ${entities[0]?.entityId}`
  if (commandId !== null) checkId(attempted, 'commandId', commandId)
  else if (!entities.every(({ expected, events }) => expected === 0 || events.length === 0))
    throw invalid(attempted, 'commandId is null', 'one, unless every entity is to be new (expected: 0)')
  if (events < fewestEvents || events > limits.eventsPerAppend)
    throw invalid(attempted, `${events} events`, `${fewestEvents} to ${limits.eventsPerAppend}`)
}

function checkExpected(attempted: string, expected: EntityAppend['expected']): void {
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw invalid(attempted, `expected version is ${expected}`, `a whole number from 0, a token, or 'any'`)
  if (typeof expected !== 'number' && expected !== 'any') checkToken(attempted, expected)
}

/** @throws AppError `invalid` unless the data of one event, as JSON, fits. */
export function checkData({ topic, entityId }: EntityRef, type: string, bytes: number): void {
  if (bytes > limits.dataBytes)
    throw invalid(
      `append ${type} to ${topic} ${entityId}`,
      `data of ${bytes} bytes`,
      `at most ${limits.dataBytes}`,
    )
}

/** @throws AppError `invalid` unless all data of one append fits. */
export function checkBytes({ topic, entityId }: EntityRef, bytes: number): void {
  if (bytes > limits.bytesPerAppend)
    throw invalid(
      `append to ${topic} ${entityId}`,
      `${bytes} bytes in all`,
      `at most ${limits.bytesPerAppend}`,
    )
}
