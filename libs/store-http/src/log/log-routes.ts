import { AppError } from '@ordershop/core'
import type { EventStore, Readable, WatchOptions } from '@ordershop/event-store'
import { methodNotAllowed } from '@ordershop/service'
import { type Request, type Response, Router } from 'express'
import { entityEvents, pathOf } from './history.ts'
import { naming, pageQuery, streamQuery } from './query.ts'
import { shownOf } from './shown.ts'
import { type StreamLimits, streamLimits, streams } from './streams.ts'

/** Entries that a page looks at, whether they fit or not; then it says where to go on. */
const mostSearched = 10_000

type LogStore = Pick<EventStore, 'watch' | 'ends' | 'readBack' | 'findEvent' | 'causes'>

export type LogRoutes = {
  readonly router: Router
  /** Ends all streams with a reason, for a process that leaves: readers resume at another by their last event. */
  leave(): void
}

/**
 * The log of a store over HTTP, to read only: `GET /topics`, `/events` (a page, or with `Accept: text/event-stream` a stream),
 * `/events/:event_id`, `/causes/:event_id` and `/topics/:topic/entities/:id/events`. Who may read is for whoever mounts it.
 *
 * @param options `topics` are those of the store's catalog; `limits` in place of `streamLimits`; `prefix` is put
 * before every path, default none.
 */
export function logRoutes(options: {
  readonly store: LogStore
  readonly topics: readonly string[]
  readonly limits?: Partial<StreamLimits>
  readonly prefix?: string
}): LogRoutes {
  const { store, topics, limits, prefix = '' } = options
  const open = streams({ ...streamLimits, ...limits })
  const router = Router()

  async function events(request: Request, response: Response): Promise<void> {
    response.vary('accept')
    const isStream = request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
    if (!isStream) return page(request, response)
    const asked = streamQuery(request, topics)
    const begin = (signal: AbortSignal) =>
      naming(cursorName(request), () => store.watch({ ...asked, signal }))
    await open.stream(response, begin)
  }

  async function page(request: Request, response: Response): Promise<void> {
    const { options: asked, limit } = pageQuery(request, topics)
    const bounded: WatchOptions = { ...asked, live: false, searchAtMost: mostSearched }
    const watch = naming('after', () => store.watch(bounded))
    const items: Readable[] = []
    let isLast = false
    for await (const item of watch) {
      if (item.kind === 'caught-up') isLast = true
      else items.push(item)
      if (items.length >= limit) break
    }
    const { from: _, ...query } = request.query
    const next = isLast ? null : pathOf(request, { ...query, limit, after: watch.cursor() })
    response.json({ items: items.map(shownOf), next })
  }

  const known = (topic: string) => {
    if (topics.includes(topic)) return topic
    throw new AppError('not_found', `topic ${topic.slice(0, 80)}: expected one of ${topics.join(', ')}`)
  }

  router
    .route(`${prefix}/topics`)
    .get(async (_request, response) => {
      const ends = await store.ends(topics)
      const partitionsOf = (name: string) =>
        ends
          .filter(({ topic }) => topic === name)
          .map(({ partition, position, trimmed }) => ({ partition, head: position, trimmed }))
      response.json({ topics: topics.map((topic) => ({ topic, partitions: partitionsOf(topic) })) })
    })
    .all(methodNotAllowed)
  router.route(`${prefix}/events`).get(events).all(methodNotAllowed)
  router
    .route(`${prefix}/events/:event_id`)
    .get(async ({ params }, response) => {
      response.json(shownOf(await store.findEvent(params.event_id)))
    })
    .all(methodNotAllowed)
  router
    .route(`${prefix}/causes/:event_id`)
    .get(async ({ params }, response) => {
      const { ancestors, tree, ...rest } = await store.causes(params.event_id)
      response.json({ ancestors: ancestors.map(shownOf), tree: shownTree(tree), ...rest })
    })
    .all(methodNotAllowed)
  router
    .route(`${prefix}/topics/:topic/entities/:id/events`)
    .get(
      entityEvents<Request<{ topic: string; id: string }>>(store, ({ params }, key) => ({
        topic: known(params.topic),
        entityId: params.id,
        ...(key === undefined ? {} : { key }),
      })),
    )
    .all(methodNotAllowed)
  return { router, leave: () => open.endAll('the server stops: connect again') }
}

type Tree = Awaited<ReturnType<LogStore['causes']>>['tree']

function shownTree({ event, effects }: Tree): object {
  return { event: shownOf(event), effects: effects.map(shownTree) }
}

const cursorName = (request: Request) => (request.get('last-event-id') ? 'Last-Event-ID' : 'last_event_id')
