import { AppError, retry } from '@ordershop/core'
import type { AnyEvent, Catalog } from '../event.ts'
import type { Append, Appended, EventStore } from '../event-store.ts'
import type { Observer } from '../observer.ts'
import type { PartitionId } from './keys.ts'
import { checkAppend, checkBytes, checkData } from './limits.ts'
import type { Log, WireAppend } from './log.ts'
import { placeOf } from './partition.ts'
import { whileUnavailable } from './patience.ts'
import { encode } from './wire.ts'

/** How long an append is repeated, with the same command id, before it rejects as `unavailable`. */
const patience = whileUnavailable(5_000)

/** The `append` of a store: checks and encodes once, then repeats the same command until the log has answered. */
export function appendTo<E extends AnyEvent>(
  log: Log,
  catalog: Catalog<E>,
  partitions: number,
  observer: Observer,
): EventStore<E>['append'] {
  async function appendAt(at: PartitionId, append: Append<E>): Promise<Appended> {
    const wire = encodeAppend(catalog, append)
    const { topic } = append
    const started = performance.now()
    const settle = (result: 'ok' | 'repeated' | 'conflict' | 'unavailable') =>
      observer.appended?.({ topic, result, seconds: (performance.now() - started) / 1_000 })
    let answer: string
    try {
      answer = await retry(() => log.append(at, wire), patience)
    } catch (error) {
      settle('unavailable')
      throw error
    }
    if (answer[0] === 'C') {
      settle('conflict')
      const met = answer.slice(1)
      throw new AppError(
        'conflict',
        `append to ${topic} ${append.entityId}: it is at version ${met}, expected ${append.expected}`,
      )
    }
    const repeated = answer[0] === 'R'
    settle(repeated ? 'repeated' : 'ok')
    return { ...at, ...parseAnswer(answer.slice(1)), repeated }
  }

  return async (append) => {
    checkAppend(catalog.topics, append)
    const at = placeOf(append, partitions)
    if (!observer.appending) return appendAt(at, append)
    const { events, traceparent } = append
    const fact = { ...at, events: events.length, traceparent }
    return observer.appending(fact, (own) => appendAt(at, own === undefined ? append : under(append, own)))
  }
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

/** Reads `version:position`. */
export function parseAnswer(answer: string): Pick<Appended, 'version' | 'position'> {
  const colon = answer.indexOf(':')
  return { version: Number(answer.slice(0, colon)), position: Number(answer.slice(colon + 1)) }
}

function encodeAppend<E extends AnyEvent>(catalog: Catalog<E>, append: Append<E>): WireAppend {
  const { topic, entityId, commandId, expected, key } = append
  const correlationId = append.correlationId ?? commandId
  const cause = { ...append, correlationId, causationId: append.causationId ?? correlationId }
  const events: string[] = []
  let bytes = 0
  for (const event of append.events) {
    const schemaVersion = catalog.schemaVersion(topic, event.type)
    const checked = catalog.parse(topic, event.type, schemaVersion, event.data)
    const encoded = encode(event, checked.data, schemaVersion, cause, key === entityId ? undefined : key)
    const dataBytes = Buffer.byteLength(encoded[3])
    checkData(append, event.type, dataBytes)
    bytes += dataBytes
    events.push(...encoded)
  }
  checkBytes(append, bytes)
  return { commandId, entityId, expected: String(expected), events, bytes }
}
