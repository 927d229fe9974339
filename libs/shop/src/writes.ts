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
 * Appends the events that begin an entity. A conflict means that an earlier delivery began it, longer ago than command
 * ids are kept: that is a repeat, and harmless where the entity's id follows from the event that causes it.
 *
 * @throws AppError as `append` does, but for `conflict`.
 */
export async function appendOnce(
  store: Store,
  append: Omit<Parameters<Store['append']>[0], 'expected'>,
): Promise<void> {
  await store.append({ ...append, expected: 0 }).catch((error: unknown) => {
    if (errorCode(error) !== 'conflict') throw error
  })
}

/** Where an event lies, without the event. */
export function positionOf({ topic, partition, position }: LogPosition): LogPosition {
  return { topic, partition, position }
}
