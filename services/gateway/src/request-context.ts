// What both APIs do with a request before they forward it.

import type { EntityKind } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { newId } from '@ordershop/core/id'
import { type RequestCause, requestCause } from '@ordershop/service'
import type { Request } from 'express'
import { z } from 'zod'
import { callerOf } from './auth/caller.ts'
import type { CachedEntity, Views } from './views.ts'

const uuid = z.uuid()
export const isUuid = (id: string) => uuid.safeParse(id).success

/** The cause of a public request: outside callers may set the correlation id, but neither command id nor actor, who is the caller. */
export function ownCause(request: Pick<Request, 'headers'>): RequestCause {
  const { actor: _, expectedVersion: __, ...own } = requestCause(request, newId())
  const caller = callerOf(request)
  return caller ? { ...own, actor: caller.actor } : own
}

/** Refuses an id that cannot exist; finds an inventory record, because its service must be told its product. */
export async function target(
  views: Views,
  entity: EntityKind,
  id: string,
): Promise<CachedEntity | undefined> {
  if (isUuid(id) && entity !== 'inventory') return undefined
  const found = isUuid(id) ? await views.find(entity, id) : null
  if (!found) throw noSuch(entity, id)
  return found
}

export function noSuch(entity: EntityKind, id: string): AppError {
  return new AppError('not_found', `${entity} ${id}: no such ${entity}`)
}

/** Refuses to move an inventory record to another product. */
export function requireSameProduct(known: CachedEntity | undefined, body: object): void {
  const { product_id: productId } = body as { product_id?: string }
  if (!known || known.row.product_id === productId) return
  const message = `expected ${known.row.product_id}, for a record keeps its product, got ${productId}`
  throw new AppError('invalid', `product_id: ${message}`, { fields: [{ path: 'product_id', message }] })
}
