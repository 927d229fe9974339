// PATCH of /v1: a merge patch (RFC 7396) onto what PUT takes, decided on the version that it was merged with.
import { type EntityKind, http } from '@ordershop/contracts'
import { AppError, isStaleVersion, retry } from '@ordershop/core'
import { parseBody, requireMergePatch } from '@ordershop/service'
import type { Request, Response } from 'express'
import type { RouteDeps } from '../deps.ts'
import { refusal } from '../problem.ts'
import { isUuid, noSuch, ownCause, requireSameProduct } from '../request-context.ts'
import { changing } from '../upstreams.ts'
import type { CachedEntity } from '../views.ts'
import { accepted, type Reply, send, shown, written } from './answer.ts'
import { etagOf, expectedVersion, inETags } from './headers.ts'
import { resources } from './resources.ts'

/** What others change meanwhile is merged with anew, for about two seconds: so far behind the log readers are at most. */
const merges = { attempts: 20, baseMs: 5, maxMs: 200 }

/** Some of what PUT takes. Every member is required, so `null`, which would remove one, is refused. */
export const patchOf = (entity: EntityKind) => resources[entity].body.partial()

export function patch(deps: RouteDeps, entity: EntityKind) {
  const { body } = resources[entity]
  const schema = patchOf(entity)
  return async (request: Request<{ id: string }>, response: Response): Promise<void> => {
    requireMergePatch(request, response)
    const { id } = request.params
    const asked = parseBody(schema, request.body)
    const cause = ownCause(request)
    const ifMatch = expectedVersion(request)
    const attempt = async (): Promise<Reply> => {
      const found = isUuid(id) ? await deps.views.find(entity, id) : null
      if (!found) throw noSuch(entity, id)
      const version = versionOf(entity, id, found)
      if (ifMatch !== undefined && ifMatch !== version)
        throw refusal(412, inETags(`If-Match: expected ${ifMatch}, got ${version}`) ?? '')
      if (Object.keys(asked).length === 0) return shown(200, entity, found)
      // No member is an object that a merge would descend into.
      const merged = parseBody(body, { ...writable(entity, found), ...asked })
      requireSameProduct(entity === 'inventory' ? found : undefined, merged)
      const sent = { ...cause, expectedVersion: version }
      const { positions } = http.changed.parse(await deps.forward(changing(entity, id, merged), sent))
      const now = await written(deps, entity, id, positions)
      return now ? shown(200, entity, now) : accepted(id, positions)
    }
    const isWorthwhile = (error: unknown) => ifMatch === undefined && isStaleVersion(error)
    send(response, await retry(attempt, { ...merges, when: isWorthwhile }).catch(refusedAs(ifMatch)))
  }
}

/** The version that `If-Match` would name: what is merged with another one is not stored. */
function versionOf(entity: EntityKind, id: string, found: CachedEntity): string {
  const version = expectedVersion({ headers: { 'if-match': etagOf(found).etag } })
  if (version !== undefined) return version
  const what = `${entity} ${id}: its row is from before rows had versions`
  throw new AppError('unavailable', `${what}, expected 'ordershop-ops rebuild read-model'`)
}

/** What PUT would take to leave the entity as it is. */
function writable(entity: EntityKind, found: CachedEntity): object {
  const { body, show } = resources[entity]
  const values = show(found)
  return Object.fromEntries(Object.keys(body.shape).map((name) => [name, values[name]]))
}

/** With `If-Match` one conflict is the answer; without it, many are: nothing was written, and a repeat may do. */
function refusedAs(ifMatch: string | undefined) {
  return (error: unknown): never => {
    if (!(error instanceof AppError) || !isStaleVersion(error)) throw error
    const met = inETags(error.fields[0]?.message)
    if (ifMatch !== undefined) throw refusal(412, `If-Match: ${met}`)
    throw new AppError('unavailable', `merged ${merges.attempts} times with what was not current: ${met}`)
  }
}
