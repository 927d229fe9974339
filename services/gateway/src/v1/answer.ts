// Answers of /v1 to writes, as values: so that they can be kept, and given again.

import type { EntityKind } from '@ordershop/contracts'
import type { LogPosition } from '@ordershop/event-store'
import type { Response } from 'express'
import type { RouteDeps } from '../deps.ts'
import type { CachedEntity } from '../views.ts'
import { etagOf } from './headers.ts'
import { resources } from './resources.ts'

/** `undefined` as body is none. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export function send(response: Response, { status, headers, body }: Reply): void {
  response.status(status).set(headers)
  if (body === undefined) response.end()
  else response.json(body)
}

/** The entity as it is. */
export function shown(status: number, entity: EntityKind, found: CachedEntity): Reply {
  return { status, headers: etagOf(found), body: resources[entity].show(found) }
}

/** The caller has it as it is. */
export function notModified(found: CachedEntity): Reply {
  return { status: 304, headers: etagOf(found) }
}

/** A write that is stored, and that readers cannot see yet. */
export function accepted(id: string, positions: readonly LogPosition[]): Reply {
  return { status: 202, headers: {}, body: { id, positions } }
}

/** Whether readers see a write, waiting for it a bounded time: it is stored in either case. */
export function isSeen({ seen }: RouteDeps, positions: readonly LogPosition[]): Promise<boolean> {
  return seen(positions).catch(() => false)
}

/** The entity as a write has left it; `null` when it cannot be shown, though it is stored. */
export async function written(
  deps: RouteDeps,
  entity: EntityKind,
  id: string,
  positions: readonly LogPosition[],
): Promise<CachedEntity | null> {
  return (await isSeen(deps, positions)) ? deps.views.find(entity, id).catch(() => null) : null
}
