import { AppError } from '@ordershop/core'
import type { Operations, ParkedPlace } from '@ordershop/event-store'
import { methodNotAllowed, parseBody } from '@ordershop/service'
import { type Request, Router } from 'express'
import { z } from 'zod'
import type { CarryOut } from './command.ts'
import { groupsAndTopics, named, type WatchedNow } from './watched.ts'

/** What is done about a parked key. */
type ParkedAction = 'replay' | 'skip' | 'discard'

type Source = {
  readonly ops: Pick<
    Operations,
    'survey' | 'parked' | 'parkedKey' | 'replayParked' | 'skipParked' | 'discardParked'
  >
  readonly watched: WatchedNow
  operatorOf(request: Request): string
  readonly carryOut: CarryOut
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
/** A command that was understood. */
type Prepared = { readonly reason?: string; readonly work: () => Promise<void> }

/** Keys whose events wait, what waits, and what is done about them: by the owner of the partition, in a moment. */
export function parkedRoutes({ ops, watched, operatorOf, carryOut }: Source): Router {
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

  const does = (action: ParkedAction, prepared: (place: Place, request: Request) => Prepared) => {
    router
      .route(`/parked/:group/:topic/:key/${action}`)
      .post(async (request: Request<Place>, response) => {
        const place = await placeOf(request.params)
        const { reason, work } = prepared(place, request as unknown as Request)
        // As `ordershop-ops` has it, in the same trail.
        const target = `${place.group} --key ${place.topic}:${place.key}`
        const command = { action: `parked ${action}`, target, ...(reason ? { reason } : {}) } as const
        await carryOut(request as unknown as Request, command, work)
        response.status(202).json({})
      })
      .all(methodNotAllowed)
  }
  does('replay', (place, { body }) => {
    parseBody(z.strictObject({}), body)
    const work = async () => {
      if ((await ops.replayParked(place.group, [place.topic], place)) === 0) throw notParked(place)
    }
    return { work }
  })
  for (const [action, ask] of [
    ['skip', ops.skipParked],
    ['discard', ops.discardParked],
  ] as const)
    does(action, (place, request) => {
      const { reason, first } = parseBody(decision, request.body)
      const why = { operator: operatorOf(request), reason }
      return { reason, work: () => ask(place.group, { ...place, first }, why) }
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
