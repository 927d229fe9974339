// A page of what fits a filter: an index tells one part of it, and the entities themselves the rest.
import { type EntityKind, listedBy, rows, rowsRevision } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import type { RowQuery } from '@ordershop/event-store'
import { type Index, indexPages, type Member } from './index-pages.ts'

/** All of it must fit; times are milliseconds since 1970, `createdTo` exclusive. */
type Filter = {
  readonly status?: string | undefined
  readonly customer_id?: string | undefined
  readonly product_id?: string | undefined
  readonly createdFrom?: number | undefined
  readonly createdTo?: number | undefined
}
type Field = keyof Filter & (typeof listedBy)[keyof typeof listedBy][number]

export type PageAsked = {
  readonly after?: string | undefined
  readonly limit: number
  readonly filter?: Filter | undefined
}
export type Page<Entity> = { readonly entities: Entity[]; readonly next?: string | undefined }
type Listed = {
  readonly row: { readonly [Name in Field]?: string }
  readonly productIds: readonly string[]
}

/** Once so many entities were looked at, a page ends, however few of them fit: the next one continues there. */
const looksPerPage = 1_000
/** Read at once where others than those that are shown are looked at. */
const looksPerTrip = 250

type Query = (queries: readonly RowQuery[]) => Promise<unknown[]>
type Load<Entity> = (members: readonly Member[]) => Promise<readonly (Entity | null)[]>

/**
 * Up to `limit` entities that fit, in order of creation, and the cursor of the next page, if there may be one. Looks at
 * 2,000 entities at most.
 *
 * @throws AppError `unavailable` when the rows are from before they had the index, so that it lacks what is older.
 */
export async function filteredPage<Entity extends Listed>(
  query: Query,
  load: Load<Entity>,
  index: Omit<Index, 'row' | 'before'>,
  { after, limit, filter = {} }: PageAsked,
): Promise<Page<Entity>> {
  const { topic } = index
  const fields = (listedBy as Partial<Record<EntityKind, readonly Field[]>>)[topic] ?? []
  const [field, ...rest] = fields.filter((name) => filter[name] !== undefined)
  if (field) await requireIndex(query, index, field)
  const pages = indexPages(
    query,
    { ...index, ...rangeOf(topic, field, filter, after) },
    rest.length > 0 ? Math.max(looksPerTrip, limit + 1) : limit + 1,
  )
  const entities: Entity[] = []
  let next: string | undefined
  let looked = 0
  for await (const members of pages) {
    for (const [k, entity] of (await load(members)).entries()) {
      if (entities.length === limit) return { entities, next }
      next = (members[k] as Member).member.slice(field ? `${filter[field]}:`.length : 0)
      // As the rows are now: since the index was read the entity may have changed.
      if (entity && (!field || [field, ...rest].every((name) => fits(entity, name, filter[name]))))
        entities.push(entity)
    }
    looked += members.length
    if (looked >= looksPerPage) return { entities, next }
  }
  return { entities }
}

/** Which part of which index: from behind the cursor on, and of the times that are asked for. */
function rangeOf(topic: EntityKind, field: Field | undefined, filter: Filter, after = '') {
  const prefix = field ? `${filter[field]}:` : ''
  const { createdFrom, createdTo } = filter
  const from = createdFrom === undefined ? '' : idsFrom(createdFrom)
  // Behind all ids.
  const before = createdTo !== undefined ? idsFrom(createdTo) : field ? '~' : undefined
  return {
    row: field ? byField(topic, field) : rows.index(topic),
    after: prefix + (after > from ? after : from),
    before: before === undefined ? undefined : prefix + before,
  }
}

/** What comes before every id that was drawn from then on: a UUIDv7 begins with its time (RFC 9562, section 5.7). */
function idsFrom(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

function fits({ row, productIds }: Listed, field: Field, value: string | undefined): boolean {
  return row[field] === value || (field === 'product_id' && productIds.includes(value ?? ''))
}

const byField = (topic: EntityKind, field: Field) => (rows.by as (...of: string[]) => string)(topic, field)

async function requireIndex(
  query: Query,
  { topic, partitions }: Pick<Index, 'topic' | 'partitions'>,
  field: Field,
): Promise<void> {
  const answers = await query(
    partitions.flatMap((partition): RowQuery[] => [
      { command: 'SMEMBERS', topic, partition, row: rows.revision(topic) },
      { command: 'ZCARD', topic, partition, row: rows.index(topic) },
    ]),
  )
  const lacks = partitions.some(
    (_, k) => !(answers[2 * k] as string[]).includes(rowsRevision) && Number(answers[2 * k + 1]) > 0,
  )
  if (lacks)
    throw new AppError(
      'unavailable',
      `list ${topic} by ${field}: the read model is from before it could, expected 'ordershop-ops rebuild read-model'`,
    )
}
