import type { EntityRef, EventStore } from '@ordershop/event-store'
import type { Request, Response } from 'express'
import { historyQuery, naming } from './query.ts'
import { shownOf } from './shown.ts'

/**
 * Answers a page of an entity's history, newest first: `{ items, next }`, of `?key=&limit=&before=`.
 *
 * @param refOf names the entity that a request asks for; `key` is what its query says.
 */
export function entityEvents<R extends Pick<Request, 'query' | 'baseUrl' | 'path'>>(
  store: Pick<EventStore, 'readBack'>,
  refOf: (request: R, key: string | undefined) => EntityRef | Promise<EntityRef>,
) {
  return async (request: R, response: Response): Promise<void> => {
    const { key, ...options } = historyQuery(request)
    const ref = await refOf(request, key)
    const { items, next } = await store.readBack(ref, options).catch((error: unknown) =>
      naming('before', () => {
        throw error
      }),
    )
    response.json({
      items: items.map(shownOf),
      next: next && pathOf(request, { ...options, key, before: next }),
    })
  }
}

/** The path of this request with another query; what is `undefined` or '' is left out. */
export function pathOf(
  request: Pick<Request, 'baseUrl' | 'path'>,
  query: Readonly<Record<string, unknown>>,
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
  return `${request.baseUrl}${request.path}?${search}`
}
