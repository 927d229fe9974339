import { http, type ShopEvent, type Topic } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { type EventStore, type Folding, stateAt } from '@ordershop/event-store'
import { parseBody } from '@ordershop/service'
import type { Request, RequestHandler } from 'express'

type AsItWasOptions<State, E extends ShopEvent> = {
  readonly store: EventStore<ShopEvent>
  readonly topic: Topic
  readonly decider: Folding<State, E>
  /** The entity in whose history the one of the path is told; default: itself. */
  entityIdOf?(request: Request<{ id: string }>): string
  /** The entity of the path, or `null` where it did not exist; `version` and `entryId` unless they are the state's. */
  show(state: State, past: Past): (Partial<Version> & { readonly entity: object }) | null
}
/** `id` is that of the path; `recordedAt` of the last event until then, ISO 8601. */
type Past = { readonly id: string; readonly entityId: string; readonly recordedAt: string }
type Version = { readonly version: number; readonly entryId: string }

/**
 * GET of one entity as it was: `?at=` a position or a time, folded by the decider of who owns it. It holds what the decider
 * knows, no more.
 */
export function asItWas<State, E extends ShopEvent>({
  store,
  topic,
  decider,
  entityIdOf = ({ params }) => params.id,
  show,
}: AsItWasOptions<State, E>): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { at } = parseBody(http.lookingBack, request.query, 'query')
    const { id } = request.params
    const entityId = entityIdOf(request)
    const was = await stateAt(store, decider, { topic, entityId }, at)
    const { recordedAt } = was
    const shown = was.version === 0 ? null : show(was.state, { id, entityId, recordedAt })
    if (!shown) throw new AppError('not_found', `${topic} ${id}: no such ${topic} at ${request.query.at}`)
    const { entity, version = was.version, entryId = was.entryId } = shown
    response.json({
      entity: entity as http.AsItWas['entity'],
      version,
      entry_id: entryId,
    } satisfies http.AsItWas)
  }
}
