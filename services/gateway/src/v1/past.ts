// GET of /v1 with `at`: one entity as it was, told by the service that decides about it.
import { type EntityKind, http } from '@ordershop/contracts'
import { parseBody } from '@ordershop/service'
import type { Request } from 'express'
import { z } from 'zod'
import type { RouteDeps } from '../deps.ts'
import { isUuid, noSuch, ownCause } from '../request-context.ts'
import { lookingBack } from '../upstreams.ts'
import { notModified, type Reply } from './answer.ts'
import { etagOf, isCurrent } from './headers.ts'
import { resources } from './resources.ts'

const isAt = (text: string) => http.at.safeParse(text).success
const at = z.string().refine(isAt, 'expected a position from 1, or a time such as 2026-01-02T03:04:05Z')

/** Whether a request asks for an entity as it was. */
export const looksBack = ({ query }: Pick<Request, 'query'>) => 'at' in query

/**
 * The entity as it was, with the ETag that it had. No answer is said to hold for good: after a failover that lost events a
 * position is another event's (ADR 0019), and then the ETag differs.
 */
export function findPast({ views, forward }: RouteDeps, entity: EntityKind) {
  const { entity: shape } = resources[entity]
  const schema = z.strictObject({
    at,
    ...(entity === 'inventory' ? { product_id: z.uuid().optional() } : {}),
  })
  return async (request: Request<{ id: string }>): Promise<Reply> => {
    const { id } = request.params
    const asked = parseBody(schema, { ...request.query }, 'query') as Record<string, string>
    const told = isUuid(id) ? await toldBy(id, asked) : null
    if (!told) throw noSuch(entity, id)
    const answer = await forward(lookingBack(entity, id, told), ownCause(request))
    const { entity: was, version, entry_id } = http.asItWas.parse(answer)
    const found = { row: { version: `${version}`, entry_id }, productIds: [] }
    return isCurrent(request, found)
      ? notModified(found)
      : { status: 200, headers: etagOf(found), body: shape.parse(was) }
  }

  /** A record's history is its product's, and a bill's its order's, which the rows tell; of a record that is gone, the caller. */
  async function toldBy(id: string, asked: Record<string, string>): Promise<Record<string, string> | null> {
    if (asked.product_id !== undefined || (entity !== 'inventory' && entity !== 'billing')) return asked
    const { product_id, order_id } = (await views.find(entity, id))?.row ?? {}
    if (entity === 'inventory') return product_id === undefined ? null : { ...asked, product_id }
    return order_id === undefined ? null : { ...asked, order_id }
  }
}
