import { retry } from '@ordershop/core'
import type { AppendAll, Appended, AppendedAll } from '../entity.ts'
import type { AnyEvent, Catalog, PartitionId } from '../event.ts'
import type { Observer } from '../observer.ts'
import { encodeAppend } from './encode-append.ts'
import type { EntityLog } from './entity-log.ts'
import { checkAppend, checkRef, checkToken } from './limits.ts'
import type { AppendAnswer, EncodedAppend, EncodedWrite, Log } from './log.ts'
import { partitionOf, placeOf } from './partition.ts'
import { settled } from './settled.ts'
import { whileUnavailable } from './unavailable-retry.ts'

/** How long an append is repeated, with the same command id, before it rejects as `unavailable`. */
const patience = whileUnavailable(5_000)

type Writes<E extends AnyEvent> = Pick<EntityLog<E>, 'append' | 'appendAll' | 'confirm'>

/** The writes of a store: checks and encodes once, then repeats the same command until the log has answered. */
export function writesTo<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  partitions: number,
  observer: Observer,
): Writes<E> {
  async function appendAt(at: PartitionId, append: AppendAll<E>): Promise<AppendedAll> {
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
    return { ...at, ...settled(answer, topic, encoded), repeated: answer.result === 'repeated' }
  }

  function appendAll(append: AppendAll<E>, fewestEvents: 0 | 1): Promise<AppendedAll> {
    checkAppend(catalog.topics, append, fewestEvents)
    const { topic, key, entities, traceparent } = append
    const at = { topic, partition: partitionOf(key, partitions) }
    if (!observer.appending) return appendAt(at, append)
    const events = entities.reduce((sum, entity) => sum + entity.events.length, 0)
    const fact = { ...at, events, traceparent }
    return observer.appending(fact, (own) => appendAt(at, own === undefined ? append : under(append, own)))
  }

  return {
    appendAll: async (append) => appendAll(append, 0),

    async append(append): Promise<Appended> {
      const { entityId, key = entityId, expected, events } = append
      const one = { ...append, key, entities: [{ entityId, expected, events }] }
      const { topic, partition, position, repeated, entities } = await appendAll(one, 1)
      const [{ version, token }] = entities as [Pick<Appended, 'version' | 'token'>]
      return { topic, partition, position, version, token, repeated }
    },

    async confirm(ref, token) {
      checkRef('confirm', catalog.topics, ref)
      checkToken('confirm', token)
      await confirmedLook(log, placeOf(ref, partitions), { entityId: ref.entityId, expected: token })
    },
  }
}

/**
 * An append without events: stores nothing, and has what is there confirmed as an append is. Repeated like one.
 *
 * @throws AppError as an append does.
 */
export async function confirmedLook(
  log: Log,
  at: PartitionId,
  write: Omit<EncodedWrite, 'entries'>,
  commandId = '',
): Promise<Appended> {
  const look: EncodedAppend = { commandId, writes: [{ ...write, entries: [] }], bytes: 0 }
  const answer = await retry(() => log.append(at, look), patience)
  const { position, entities } = settled(answer, at.topic, look)
  const repeated = answer.result === 'repeated'
  return { ...at, position, repeated, ...(entities as [Pick<Appended, 'version' | 'token'>])[0] }
}

/** The append under a trace context of its own; events that have another cause than the append keep theirs. */
function under<E extends AnyEvent>(append: AppendAll<E>, traceparent: string): AppendAll<E> {
  const entities = append.entities.map((entity) => ({
    ...entity,
    events: entity.events.map((event) =>
      event.cause && event.cause.traceparent === append.traceparent
        ? { ...event, cause: { ...event.cause, traceparent } }
        : event,
    ),
  }))
  return { ...append, traceparent, entities }
}
