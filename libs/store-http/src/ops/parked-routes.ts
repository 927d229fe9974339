import { AppError } from '@ordershop/core'
import type { Operations, ParkedPlace } from '@ordershop/event-store'
import { methodNotAllowed, parseBody } from '@ordershop/service'
import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import { groupsAndTopics, named, type WatchedNow } from './watched.ts'

/** What is done about a parked key. */
export type ParkedAction = 'replay' | 'skip' | 'discard'

type Source = {
  readonly ops: Pick<
    Operations,
    'survey' | 'parked' | 'parkedKey' | 'replayParked' | 'skipParked' | 'discardParked'
  >
  readonly watched: WatchedNow
  operatorOf(request: Request): string
  /** Told of what was asked for. */
  onAsked(request: Request, action: ParkedAction, target: string, reason?: string): void
}

const shownKeys = 1_000
const shownEvents = 20

const decision = z.strictObject({
  /** Kept with the decision. */
  reason: z.string().trim().min(1).max(500),
  /** Entry id of the first parked event, as it was seen. */
  first: z.string().regex(/^\d{1,20}-\d{1,20}$/, 'expected the entry id of the first parked event'),
})

type Place = ParkedPlace & { readonly group: string }

/** Keys whose events wait, what waits, and what is done about them: by the owner of the partition, in a moment. */
export function parkedRoutes({ ops, watched, operatorOf, onAsked }: Source): Router {
  const router = Router()
  router
    .route('/parked')
    .get(async (_request, response) => {
      const { topics, parking } = await groupsAndTopics(ops, await watched())
      const found = await Promise.all([...parking].map((group) => ops.parked(group, topics.get(group) ?? [])))
      const keys = found.flat().sort((a, b) => a.parkedAt.localeCompare(b.parkedAt))
      response.json({ keys: keys.slice(0, shownKeys), complete: keys.length <= shownKeys })
    })
    .all(methodNotAllowed)
  router
    .route('/parked/:group/:topic/:key')
    .get(async (request, response) => {
      const place = await placeOf(request.params)
      const found = await ops.parkedKey(place.group, place, shownEvents)
      if (found.parked === null && found.decisions.length === 0) throw notParked(place)
      response.json(found)
    })
    .all(methodNotAllowed)

  const does = (
    action: ParkedAction,
    act: (place: Place, request: Request) => Promise<string | undefined>,
  ) => {
    const handle: RequestHandler<Place> = async (request, response) => {
      const place = await placeOf(request.params)
      const reason = await act(place, request as unknown as Request)
      onAsked(request as unknown as Request, action, `${place.group}/${place.topic}/${place.key}`, reason)
      response.status(202).json({})
    }
    router.route(`/parked/:group/:topic/:key/${action}`).post(handle).all(methodNotAllowed)
  }
  does('replay', async (place, { body }) => {
    parseBody(z.strictObject({}), body)
    if ((await ops.replayParked(place.group, [place.topic], place)) === 0) throw notParked(place)
    return undefined
  })
  for (const [action, ask] of [
    ['skip', ops.skipParked],
    ['discard', ops.discardParked],
  ] as const)
    does(action, async (place, request) => {
      const { reason, first } = parseBody(decision, request.body)
      await ask(place.group, { ...place, first }, { operator: operatorOf(request), reason })
      return reason
    })
  return router

  async function placeOf({ group, topic, key }: Place): Promise<Place> {
    const { topics } = await groupsAndTopics(ops, await watched())
    const read = named('group', topics, group)
    named(`topic of ${group}`, new Map(read.map((name) => [name, name])), topic)
    return { group, topic, key }
  }
}

function notParked({ group, topic, key }: Place): AppError {
  return new AppError('not_found', `parked ${topic}:${key}: expected a key that ${group} has parked`)
}
