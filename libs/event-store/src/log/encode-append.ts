import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import type { AppendAll, EntityAppend, EntityRef } from '../entity.ts'
import type { AnyEvent, Catalog } from '../event.ts'
import { encode, type NewEntry } from './entry.ts'
import { checkBytes, checkData } from './limits.ts'
import type { EncodedAppend } from './log.ts'

/** @throws AppError `invalid` for data that the catalog refuses, JSON does not have, or a limit forbids. */
export function encodeAppend<E extends AnyEvent>(catalog: Catalog<E>, append: AppendAll<E>): EncodedAppend {
  const { topic, key, commandId } = append
  const correlationId = append.correlationId ?? commandId ?? newId()
  const cause = { ...append, correlationId, causationId: append.causationId ?? correlationId }
  let bytes = 0

  function encodeEntity({ entityId, events }: EntityAppend<E>): NewEntry[] {
    const target = { topic, entityId }
    return events.map((event) => {
      const schemaVersion = catalog.schemaVersion(topic, event.type)
      const schema = { schemaVersion, fingerprint: catalog.fingerprint?.(topic, event.type) }
      const checked = catalog.parse(topic, event.type, schemaVersion, event.data)
      const encoded = asJson(target, event.type, () =>
        encode(event, checked.data, schema, cause, key === entityId ? undefined : key),
      )
      const dataBytes = Buffer.byteLength(encoded.data)
      checkData(target, event.type, dataBytes)
      bytes += dataBytes
      return encoded
    })
  }

  const writes = append.entities.map((entity) => ({
    entityId: entity.entityId,
    expected: entity.expected,
    entries: encodeEntity(entity),
  }))
  checkBytes({ topic, entityId: writes[0]?.entityId ?? '' }, bytes)
  return { commandId: commandId ?? '', writes, bytes }
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
