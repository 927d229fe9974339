import type { ShopEvent } from '@ordershop/contracts'
import { errorCode } from '@ordershop/core'
import {
  type CommandCause,
  type EntityRef,
  type EventStore,
  execute,
  type LogPosition,
  type StoredDecider,
} from '@ordershop/event-store'

type Store = EventStore<ShopEvent>

/** `execute`, of which only the position of the last event is wanted; it has the limits and errors of `execute`. */
export async function carryOut<State, Command, E extends ShopEvent>(
  store: Store,
  decider: StoredDecider<State, Command, E>,
  target: EntityRef,
  command: Command,
  cause: CommandCause,
): Promise<LogPosition> {
  return positionOf(await execute(store, decider, target, command, cause))
}

/**
 * Appends the events that begin an entity, and remembers no command id: the entity's id follows from the event that causes
 * it, so a conflict means that an earlier delivery began it. Then that is as durable as an append when this resolves.
 *
 * @throws AppError as `append` does, but for `conflict`.
 */
export async function appendOnce(
  store: Store,
  append: Omit<Parameters<Store['append']>[0], 'expected' | 'commandId'>,
): Promise<void> {
  const { topic, entityId, key = entityId } = append
  await store.append({ ...append, commandId: null, expected: 0 }).catch((error: unknown) => {
    if (errorCode(error) !== 'conflict') throw error
    const there = { entityId, expected: 'any', events: [] } as const
    return store.appendAll({ topic, key, commandId: null, entities: [there] })
  })
}

/** Where an event lies, without the event. */
export function positionOf({ topic, partition, position }: LogPosition): LogPosition {
  return { topic, partition, position }
}
