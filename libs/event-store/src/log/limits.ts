import { AppError } from '@ordershop/core'
import type { Append, EntityRef } from '../entity.ts'
import type { AnyEvent } from '../event.ts'

/** Bounds of one append and of one call to Redis, which blocks everybody else while it runs. */
export const limits = {
  idChars: 256,
  dataBytes: 128 * 1024,
  eventsPerAppend: 512,
  bytesPerAppend: 1024 * 1024,
  appendsPerCall: 64,
  eventsPerCall: 512,
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

/** @throws AppError `invalid` unless ids, expected version and number of events fit. */
export function checkAppend<E extends AnyEvent>(topics: readonly string[], append: Append<E>): void {
  const attempted = `append to ${append.topic} ${append.entityId}`
  checkRef(attempted, topics, append)
  checkId(attempted, 'commandId', append.commandId)
  const { expected, events } = append
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw invalid(attempted, `expected version is ${expected}`, `a whole number from 0, a token, or 'any'`)
  if (typeof expected !== 'number' && expected !== 'any') checkToken(attempted, expected)
  if (events.length < 1 || events.length > limits.eventsPerAppend)
    throw invalid(attempted, `${events.length} events`, `1 to ${limits.eventsPerAppend}`)
}

/** @throws AppError `invalid` unless the data of one event, as JSON, fits. */
export function checkData(append: EntityRef, type: string, bytes: number): void {
  if (bytes > limits.dataBytes)
    throw invalid(
      `append ${type} to ${append.topic} ${append.entityId}`,
      `data of ${bytes} bytes`,
      `at most ${limits.dataBytes}`,
    )
}

/** @throws AppError `invalid` unless all data of one append fits. */
export function checkBytes(append: EntityRef, bytes: number): void {
  if (bytes > limits.bytesPerAppend)
    throw invalid(
      `append to ${append.topic} ${append.entityId}`,
      `${bytes} bytes in all`,
      `at most ${limits.bytesPerAppend}`,
    )
}
