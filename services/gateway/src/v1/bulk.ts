// POST of an array: each item is created or refused by itself, and the answer says which.

import { type EntityKind, http } from '@ordershop/contracts'
import { AppError, type FieldProblem } from '@ordershop/core'
import { parseBody, problemDetails, type RequestCause, statusOf } from '@ordershop/service'
import type { RouteDeps } from '../deps.ts'
import { inCallersWords } from '../problem.ts'
import { creating } from '../upstreams.ts'
import { isSeen, type Reply } from './answer.ts'
import { locationOf, resources } from './resources.ts'

type Item = { readonly index: number; readonly id: string; readonly body: object }
/** What became of an item: where it lies, or why it was refused. */
type Outcome =
  | { readonly index: number; readonly status: 201 | 202; readonly id: string }
  | { readonly index: number; readonly status: number; readonly error: AppError }

/** Answers 207 and a report of each item in the order sent; final unless something was unavailable. */
export async function createEach(
  deps: RouteDeps,
  entity: EntityKind,
  bodies: readonly unknown[],
  ids: readonly string[],
  cause: RequestCause,
): Promise<{ answer: Reply; final: boolean }> {
  const { fit, unfit } = sorted(entity, bodies, ids)
  const outcomes = await Promise.all(
    portions(entity, fit).map((portion) => createPortion(deps, entity, portion, cause)),
  )
  const all = [...unfit, ...outcomes.flat()].sort((a, b) => a.index - b.index)
  const down = all.filter(({ status }) => status === 503)
  const [failed] = down
  if (failed && 'error' in failed && down.length === all.length) throw failed.error
  const items = all.map((outcome) => report(entity, outcome))
  return { answer: { status: 207, headers: {}, body: { items } }, final: down.length === 0 }
}

function sorted(entity: EntityKind, bodies: readonly unknown[], ids: readonly string[]) {
  const fit: Item[] = []
  const unfit: Outcome[] = []
  bodies.forEach((asked, index) => {
    try {
      fit.push({ index, id: ids[index] ?? '', body: parseBody(resources[entity].body, asked) })
    } catch (error) {
      unfit.push(refused(index, error))
    }
  })
  return { fit, unfit }
}

/** What is sent to the service at once. One order that waits for its outcome must not hold up the bills of others. */
function portions(entity: EntityKind, items: readonly Item[]): (readonly Item[])[] {
  if (entity === 'billing') return items.map((item) => [item])
  return items.length > 0 ? [items] : []
}

/** A service writes all items or none, and names every item that it refuses: the rest is sent again without them. */
async function createPortion(
  deps: RouteDeps,
  entity: EntityKind,
  items: readonly Item[],
  cause: RequestCause,
): Promise<Outcome[]> {
  const drawn = items.map(({ id }) => id)
  const bodies = items.map(({ body }) => body)
  try {
    const created = http.created.parse(await deps.forward(creating(entity, bodies, drawn), cause))
    const status = (await isSeen(deps, created.positions)) ? 201 : 202
    return items.map(({ index }, at) => ({ index, status, id: created.ids[at] ?? '' }))
  } catch (error) {
    const blamed = fieldsByItem(error, items.length)
    if (blamed.size === 0) return items.map(({ index }) => refused(index, error))
    const outcomes = items.flatMap(({ index }, at) => {
      const fields = blamed.get(at)
      return fields ? [refused(index, withFields(error, fields))] : []
    })
    const rest = items.filter((_, at) => !blamed.has(at))
    return rest.length > 0 ? [...outcomes, ...(await createPortion(deps, entity, rest, cause))] : outcomes
  }
}

function fieldsByItem(error: unknown, items: number): Map<number, FieldProblem[]> {
  const fields = error instanceof AppError ? error.fields : []
  const itemOf = ({ path }: FieldProblem) => Number(/^items\.(\d+)(?:\.|$)/.exec(path)?.[1])
  return Map.groupBy(
    fields.filter((field) => itemOf(field) < items),
    itemOf,
  )
}

function withFields(error: unknown, fields: readonly FieldProblem[]): unknown {
  return error instanceof AppError
    ? inCallersWords(new AppError(error.code, error.message, { fields, cause: error }), true)
    : error
}

/** An unexpected error fails the whole request: it says nothing about a single item. */
function refused(index: number, error: unknown): Outcome {
  if (!(error instanceof AppError) || error.code === 'internal') throw error
  return { index, status: statusOf(error.code), error }
}

function report(entity: EntityKind, outcome: Outcome): object {
  if ('id' in outcome) {
    const { id, status } = outcome
    return { status, id, location: locationOf(entity, id) }
  }
  const { status, error } = outcome
  return { status, problem: problemDetails({ status, message: error.message, fields: error.fields }) }
}
