// What the log says, whatever the services say of themselves.
import { deepStrictEqual } from 'node:assert'
import { catalog, groups, projections, type ShopEvent, type Topic } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { GroupLag, Recorded, RedisEventStore } from '@ordershop/event-store'

type Store = RedisEventStore<ShopEvent>
type WithOps = Pick<Store, 'ops'>

const everyGroup: Readonly<Record<string, readonly Topic[]>> = groups

/** How many events there are in each partition, `order:3` → 12. */
export type Mark = ReadonlyMap<string, number>

/** Remembers where the log ends now. */
export async function mark({ ops }: WithOps): Promise<Mark> {
  const heads = await ops.lag({ 'no-group': catalog.topics })
  return new Map(heads.map(({ topic, partition, head }) => [`${topic}:${partition}`, head]))
}

/** How many events there are in all. */
export async function eventCount(store: WithOps): Promise<number> {
  return [...(await mark(store)).values()].reduce((sum, head) => sum + head, 0)
}

/** Every event of some topics beyond a mark; of one key in order. */
export async function eventsSince(
  store: Store,
  from: Mark,
  topics: readonly Topic[] = catalog.topics,
): Promise<Recorded<ShopEvent>[]> {
  const events: Recorded<ShopEvent>[] = []
  for (const topic of topics)
    for (let partition = 0; partition < store.partitions; partition++)
      for await (const event of store.readTopic(topic, partition))
        if (event.position > (from.get(`${topic}:${partition}`) ?? 0)) events.push(event)
  return events
}

/** How far each group and the read model are, in every partition. */
export async function lags({ ops }: WithOps, without: readonly string[] = []): Promise<readonly GroupLag[]> {
  const survey = await ops.survey({ groups, projections })
  // A projection's groups are its versions: `read-model.v1`.
  return survey.lags.filter(({ group }) => !without.includes(group.replace(/\.v\d+$/, '')))
}

/**
 * Waits until everything has been handled by everybody but the groups named. Lag is read partition after partition, and
 * what is handled in one may lead to events in another: only twice nothing behind the same heads is nothing at all.
 */
export async function settled(
  store: WithOps,
  without: readonly string[] = [],
  withinMs = 45_000,
): Promise<void> {
  let before = ''
  await eventually(
    async () => {
      const now = await lags(store, without)
      const behind = now.filter(({ lag }) => lag > 0)
      const heads = behind.length === 0 ? now.map(({ head }) => head).join() : ''
      const again = heads !== '' && heads === before
      before = heads
      const where = behind.map(({ group, topic, partition, lag }) => ({ group, topic, partition, lag }))
      deepStrictEqual(where, [], 'events not handled yet')
      return again
    },
    { withinMs },
  )
}

/** Nothing is parked, and positions and versions are contiguous in every topic. */
export async function expectSound({ ops }: WithOps): Promise<void> {
  for (const [group, topics] of Object.entries(everyGroup))
    deepStrictEqual(await ops.parked(group, topics), [], `parked by ${group}`)
  for (const topic of catalog.topics)
    deepStrictEqual((await ops.verify(topic)).problems, [], `problems of topic ${topic}`)
}
