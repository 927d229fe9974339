import { AppError, retry } from '@ordershop/core'
import type { Append, Appended, EntityRef, StateToken } from '../entity.ts'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import type { EntityLog } from './entity-log.ts'
import { encode, type NewEntry } from './entry.ts'
import { checkAppend, checkBytes, checkData, checkRef, checkToken } from './limits.ts'
import type { AppendAnswer, EncodedAppend, Log } from './log.ts'
import { placeOf } from './partition.ts'
import { whileUnavailable } from './unavailable-retry.ts'

/** How long an append is repeated, with the same command id, before it rejects as `unavailable`. */
const patience = whileUnavailable(5_000)

type Writes<E extends AnyEvent> = Pick<EntityLog<E>, 'append' | 'confirm'>

/** The writes of a store: checks and encodes once, then repeats the same command until the log has answered. */
export function writesTo<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  partitions: number,
  observer: Observer,
): Writes<E> {
  async function appendAt(at: PartitionId, append: Append<E>): Promise<Appended> {
    const encoded = encodeAppend(catalog, append)
    const { topic } = append
    const started = performance.now()
    const settle = (result: 'ok' | 'repeated' | 'conflict' | 'unavailable') =>
      observer.appended?.({ topic, result, seconds: (performance.now() - started) / 1_000 })
    let answer: AppendAnswer
    try {
      answer = await retry(() => log.append(at, encoded), patience)
    } catch (error) {
      settle('unavailable')
      throw error
    }
    if (answer.result === 'conflict' || answer.result === 'reused') settle('conflict')
    else settle(answer.result === 'stored' ? 'ok' : 'repeated')
    return { ...at, ...settled(answer, append), repeated: answer.result === 'repeated' }
  }

  return {
    async append(append) {
      checkAppend(catalog.topics, append)
      const at = placeOf(append, partitions)
      if (!observer.appending) return appendAt(at, append)
      const { events, traceparent } = append
      const fact = { ...at, events: events.length, traceparent }
      return observer.appending(fact, (own) => appendAt(at, own === undefined ? append : under(append, own)))
    },

    async confirm(ref, token) {
      checkRef('confirm', catalog.topics, ref)
      checkToken('confirm', token)
      const look = { entityId: ref.entityId, commandId: '', expected: token }
      settled(await confirmedLook(log, placeOf(ref, partitions), look), { ...ref, expected: token })
    },
  }
}

/** An append without events: stores nothing, and has what is there confirmed as an append is. Repeated like one. */
export function confirmedLook(
  log: Log,
  at: PartitionId,
  look: Pick<EncodedAppend, 'commandId' | 'entityId' | 'expected'>,
): Promise<AppendAnswer> {
  return retry(() => log.append(at, { ...look, entries: [], bytes: 0 }), patience)
}

/**
 * Where an append that was stored, now or before, has left its entity.
 *
 * @throws AppError for one that was not, see `EventStore.append`.
 */
export function settled(
  answer: AppendAnswer,
  { topic, entityId, expected, commandId }: EntityRef & { expected: StateToken | number; commandId?: string },
): Pick<Appended, 'position' | 'version' | 'token'> {
  const attempted = `append to ${topic} ${entityId}`
  if (answer.result === 'conflict') {
    const version = versionOf(answer.token)
    // Two histories: the numbers alone would not say what is wrong.
    const met = String(expected).startsWith(`${version}@`) ? answer.token : version
    throw new AppError('conflict', `${attempted}: it is at version ${met}, expected ${expected}`)
  }
  if (answer.result === 'reused') {
    const of = answer.entityId === entityId ? 'other events of it' : `${topic} ${answer.entityId}`
    const message = `'${commandId}' was used for ${of}, expected a command id of its own`
    throw new AppError('invalid', `${attempted}: ${message}`, { fields: [{ path: 'commandId', message }] })
  }
  const { position, token } = answer
  return { position, token, version: versionOf(token) }
}

/** Whether an append was refused because its command id names another one. */
export function isReusedCommandId(error: unknown): boolean {
  return error instanceof AppError && error.code === 'invalid' && error.fields[0]?.path === 'commandId'
}

/** The version that a token names. */
export function versionOf(token: StateToken): number {
  return Number(token.slice(0, token.indexOf('@')))
}

/** The append under a trace context of its own; events that have another cause than the append keep theirs. */
function under<E extends AnyEvent>(append: Append<E>, traceparent: string): Append<E> {
  const events = append.events.map((event) =>
    event.cause && event.cause.traceparent === append.traceparent
      ? { ...event, cause: { ...event.cause, traceparent } }
      : event,
  )
  return { ...append, traceparent, events }
}

/** @throws AppError `invalid` for data that JSON does not have: a cycle, a BigInt, too deep a nesting. */
function asJson<T>({ topic, entityId }: EntityRef, type: string, encoded: () => T): T {
  try {
    return encoded()
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    const message = `append ${type} to ${topic} ${entityId}: expected data that JSON can hold, got: ${why}`
    throw new AppError('invalid', message, { cause: error })
  }
}

function encodeAppend<E extends AnyEvent>(catalog: Catalog<E>, append: Append<E>): EncodedAppend {
  const { topic, entityId, commandId, expected, key } = append
  const correlationId = append.correlationId ?? commandId
  const cause = { ...append, correlationId, causationId: append.causationId ?? correlationId }
  const entries: NewEntry[] = []
  let bytes = 0
  for (const event of append.events) {
    const schemaVersion = catalog.schemaVersion(topic, event.type)
    const checked = catalog.parse(topic, event.type, schemaVersion, event.data)
    const encoded = asJson(append, event.type, () =>
      encode(event, checked.data, schemaVersion, cause, key === entityId ? undefined : key),
    )
    const dataBytes = Buffer.byteLength(encoded.data)
    checkData(append, event.type, dataBytes)
    bytes += dataBytes
    entries.push(encoded)
  }
  checkBytes(append, bytes)
  return { commandId, entityId, expected, entries, bytes }
}
