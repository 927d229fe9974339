import type { EntityCache, RowQuery } from '@ordershop/event-store'
import type { CachedEntity, Row } from './article.ts'
import type { Entity } from './upstreams.ts'

/** Where the rows of the read model lie. */
export type ViewDeps = {
  readonly cache: Pick<EntityCache, 'query'>
  readonly partitions: number
  partitionOf(key: string): number
}

/** Reads of the entity cache. Nothing is joined or filtered here that is not one entity's own. */
export type Views = ReturnType<typeof views>

type Place = { readonly partition: number; readonly id: string }

/** Queries of one round trip: bounds the memory that one long list takes here and in Redis. */
const queriesPerTrip = 2_000

export function views({ cache, partitions, partitionOf }: ViewDeps) {
  const everyPartition = Array.from({ length: partitions }, (_, partition) => partition)

  async function query(queries: readonly RowQuery[]): Promise<unknown[]> {
    const answers: unknown[] = []
    for (let from = 0; from < queries.length; from += queriesPerTrip) {
      answers.push(...(await cache.query(queries.slice(from, from + queriesPerTrip))))
    }
    return answers
  }

  async function load(topic: Entity, places: readonly Place[]): Promise<(CachedEntity | null)[]> {
    const queries = places.flatMap((place) => entityQueries(topic, place))
    const answers = await query(queries)
    const rowsEach = entityQueries(topic, { partition: 0, id: '' }).length
    return places.map((_, index) => {
      const [row, productIds] = answers.slice(index * rowsEach, (index + 1) * rowsEach) as [Row, string[]?]
      return Object.keys(row).length === 0 ? null : { row, productIds: productIds ?? [] }
    })
  }

  /** Entities named by a sorted set, of all partitions, in order of creation; what is deleted meanwhile is left out. */
  async function named(topic: Entity, row: string): Promise<CachedEntity[]> {
    const args = [0, -1]
    const lists = await query(
      everyPartition.map((partition) => ({ command: 'ZRANGE', topic, partition, row, args })),
    )
    const places = (lists as string[][])
      .flatMap((members, partition) => members.map((member) => ({ member, partition })))
      .sort((a, b) => (a.member < b.member ? -1 : 1))
      .map(({ member, partition }) => ({ partition, id: member.slice(member.lastIndexOf(':') + 1) }))
    return (await load(topic, places)).filter((entity) => entity !== null)
  }

  return {
    /** All entities of a kind, in order of creation. */
    list: (entity: Entity) => named(entity, `${entity}_index`),

    /** Orders that may still be billed, in order of creation. */
    unbilled: () => named('order', 'order_unbilled'),

    /** One entity, or `null`. A record of stock lies with its product and a billing with its order: both are sought. */
    async find(entity: Entity, id: string): Promise<CachedEntity | null> {
      const sought = entity === 'inventory' || entity === 'billing' ? everyPartition : [partitionOf(id)]
      const found = await load(
        entity,
        sought.map((partition) => ({ partition, id })),
      )
      return found.find((one) => one !== null) ?? null
    },
  }
}

function entityQueries(topic: Entity, { partition, id }: Place): RowQuery[] {
  const row: RowQuery = { command: 'HGETALL', topic, partition, row: `${topic}_entity:${id}` }
  if (topic !== 'order') return [row]
  return [row, { command: 'LRANGE', topic, partition, row: `order_product_ids:${id}`, args: [0, -1] }]
}
