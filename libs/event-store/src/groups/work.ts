import { AppError } from '@ordershop/core'
import type { AnyEvent, Recorded } from '../event.ts'
import type { RowWrite } from '../rows/row.ts'
import type { BatchHandler, Handler, Subscription } from './subscription.ts'

/** What a group does with its events: calls handlers, or folds them into rows. */
export type Work<E extends AnyEvent = AnyEvent> =
  | {
      readonly kind: 'handle'
      readonly one: ReadonlyMap<string, Handler<E>>
      readonly batch: ReadonlyMap<string, BatchHandler<E>>
    }
  | { readonly kind: 'project'; readonly project: (event: Recorded<E>) => readonly RowWrite[] }

/** @throws AppError `invalid` when an event type has two handlers. */
export function handlersOf<E extends AnyEvent>(
  subscription: Pick<Subscription<E>, 'group' | 'on' | 'onBatch'>,
): Work<E> {
  const one = new Map(Object.entries(subscription.on ?? {})) as Map<string, Handler<E>>
  const batch = new Map(Object.entries(subscription.onBatch ?? {})) as Map<string, BatchHandler<E>>
  for (const type of batch.keys())
    if (one.has(type))
      throw new AppError(
        'invalid',
        `subscribe ${subscription.group}: ${type} is in on and in onBatch, expected one of them`,
      )
  return { kind: 'handle', one, batch }
}

/** Whether anything is to be done with events of this type. */
export function handles<E extends AnyEvent>(work: Work<E>, type: string): boolean {
  return work.kind === 'project' || work.one.has(type) || work.batch.has(type)
}
