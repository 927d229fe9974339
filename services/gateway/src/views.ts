import { type AnyEntityRow, type EntityKind, rows } from '@ordershop/contracts'
import type { EntityCache, RowQuery } from '@ordershop/event-store'
import { filteredPage, type Page, type PageAsked } from './filtered-page.ts'
import { indexPages, type Member } from './index-pages.ts'

/** An order's `product_ids` are a row of their own. */
export type CachedEntity<Row = AnyEntityRow> = {
  readonly row: Row
  readonly productIds: readonly string[]
}

/** Where the rows of the read model lie. */
export type ViewDeps = {
  readonly cache: Pick<EntityCache, 'query'>
  readonly partitions: number
  partitionOf(key: string): number
}

type Query = (queries: readonly RowQuery[]) => Promise<unknown[]>
type EntityPlace = { readonly partition: number; readonly id: string }

/** Queries in one round trip: limits the memory that a long list takes here and in Redis. */
const queriesPerTrip = 2_000

/** Entities that are in memory at once for each caller who reads a whole list. */
const pageSize = 250

/** Reads of the entity cache. Nothing is joined here. */
export type Views = ReturnType<typeof views>

export function views({ cache, partitions, partitionOf }: ViewDeps) {
  const query = queryInTrips(cache)
  const everyPartition = Array.from({ length: partitions }, (_, partition) => partition)
  const index = (topic: EntityKind, row = rows.index(topic)) => ({ topic, row, partitions: everyPartition })

  return {
    /** All entities of a kind, in order of creation, page by page; the next one is read when it is asked for. */
    all: (entity: EntityKind) => allOf(query, index(entity)),

    /** Up to `limit` entities after a cursor that fit a filter, see `filteredPage`. Stock is kept by product. */
    page(entity: EntityKind, asked: PageAsked): Promise<Page<CachedEntity>> {
      const { product_id: productId } = asked.filter ?? {}
      const here =
        entity === 'inventory' && productId !== undefined ? [partitionOf(productId)] : everyPartition
      const loadAll = (members: readonly Member[]) => load(query, entity, members.map(placeOf))
      return filteredPage(query, loadAll, { topic: entity, partitions: here }, asked)
    },

    /** Orders that may still be billed, in order of creation. */
    unbilled: () => allOf(query, index('order', rows.unbilledOrders)),

    /**
     * One entity, or `null`. An inventory record is in its product's partition and a billing in its order's, which the
     * id does not tell: every partition is searched for them.
     */
    async find(entity: EntityKind, id: string): Promise<CachedEntity | null> {
      const searched = entity === 'inventory' || entity === 'billing' ? everyPartition : [partitionOf(id)]
      const places = searched.map((partition) => ({ partition, id }))
      const found = await load(query, entity, places)
      return found.find((one) => one !== null) ?? null
    },
  }
}

async function* allOf(query: Query, index: Parameters<typeof indexPages>[1]): AsyncGenerator<CachedEntity[]> {
  for await (const members of indexPages(query, index, pageSize))
    yield await loadNamed(query, index.topic, members)
}

function queryInTrips(cache: ViewDeps['cache']): Query {
  return async (queries) => {
    const answers: unknown[] = []
    for (let from = 0; from < queries.length; from += queriesPerTrip) {
      answers.push(...(await cache.query(queries.slice(from, from + queriesPerTrip))))
    }
    return answers
  }
}

/** The entities that members name, without those deleted in the meantime. */
async function loadNamed(query: Query, topic: EntityKind, found: readonly Member[]): Promise<CachedEntity[]> {
  return (await load(query, topic, found.map(placeOf))).filter((entity) => entity !== null)
}

function placeOf({ member, partition }: Member): EntityPlace {
  return { partition, id: member.slice(member.lastIndexOf(':') + 1) }
}

async function load(
  query: Query,
  topic: EntityKind,
  places: readonly EntityPlace[],
): Promise<(CachedEntity | null)[]> {
  const answers = await query(places.flatMap((place) => entityQueries(topic, place)))
  const rowsEach = entityQueries(topic, { partition: 0, id: '' }).length
  return places.map((_, index) => {
    const [row, productIds] = answers.slice(index * rowsEach, (index + 1) * rowsEach) as [
      AnyEntityRow,
      string[]?,
    ]
    return Object.keys(row).length === 0 ? null : { row, productIds: productIds ?? [] }
  })
}

function entityQueries(topic: EntityKind, { partition, id }: EntityPlace): RowQuery[] {
  const row: RowQuery = { command: 'HGETALL', topic, partition, row: rows.entity(topic, id) }
  if (topic !== 'order') return [row]
  return [row, { command: 'LRANGE', topic, partition, row: rows.orderProductIds(id), args: [0, -1] }]
}
