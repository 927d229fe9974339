import { AppError } from '@ordershop/core'
import type { EntityRef } from '../entity.ts'
import type { AnyEvent, Catalog, PartitionId, Recorded } from '../event.ts'
import type { EntityLog } from './entity-log.ts'
import { decode } from './entry.ts'
import { checkRef } from './limits.ts'
import { loadsFrom } from './load.ts'
import { loadsAsOfFrom } from './load-as-of.ts'
import type { Log } from './log.ts'
import { placeOf } from './partition.ts'

// Bounds one call of a script, which blocks Redis.
const entitiesPerCall = 500

type Reads<E extends AnyEvent> = Pick<
  EntityLog<E>,
  'load' | 'loadAsOf' | 'readEntity' | 'lastEvents' | 'readTopic'
>

/** The reads of a store. */
export function readsFrom<E extends AnyEvent>(log: Log, catalog: Catalog<E>, partitions: number): Reads<E> {
  const place = (ref: EntityRef) => placeOf(ref, partitions)
  const load = loadsFrom(log, catalog, partitions)

  async function lastEvents(refs: readonly EntityRef[]): Promise<(Recorded<E> | null)[]> {
    const answers = new Array<Recorded<E> | null>(refs.length).fill(null)
    const groups = new Map<string, { at: ReturnType<typeof place>; indexes: number[] }>()
    refs.forEach((ref, index) => {
      checkRef('read last event', catalog.topics, ref)
      const at = place(ref)
      const name = `${at.topic}:${at.partition}`
      const group = groups.get(name) ?? { at, indexes: [] }
      group.indexes.push(index)
      groups.set(name, group)
    })
    const calls = [...groups.values()].flatMap(({ at, indexes }) =>
      Array.from({ length: Math.ceil(indexes.length / entitiesPerCall) }, (_, k) => ({
        at,
        indexes: indexes.slice(k * entitiesPerCall, (k + 1) * entitiesPerCall),
      })),
    )
    await Promise.all(
      calls.map(async ({ at, indexes }) => {
        const entries = await log.lastEntries(
          at,
          indexes.map((index) => (refs[index] as EntityRef).entityId),
        )
        entries.forEach((entry, k) => {
          if (entry) answers[indexes[k] as number] = decode(catalog, at, entry)
        })
      }),
    )
    return answers
  }

  return {
    load,
    loadAsOf: loadsAsOfFrom(log, catalog, partitions),
    lastEvents,
    readEntity: async (ref) => (await load(ref)).events,
    async *readTopic(topic, partition, { after = '', pageSize = 512 } = {}) {
      const at = { topic, partition }
      let before: number | undefined
      for (let from = after; ; ) {
        const page = await log.page(at, from, pageSize)
        for (const entry of page) {
          const event = decode(catalog, at, entry)
          if (before !== undefined && event.position !== before + 1) throw anotherHistory(at, event, before)
          before = event.position
          yield event
        }
        const last = page.at(-1)
        if (!last || page.length < pageSize) return
        from = last.entryId
      }
    },
  }
}

/** Pages are several looks, and a failover between two leads into another history. */
function anotherHistory({ topic, partition }: PartitionId, { position }: Recorded, before: number): AppError {
  const message = `read ${topic}:${partition}: position ${position} after ${before}, expected ${before + 1}`
  return new AppError('unavailable', `${message}: Redis has lost events meanwhile, start over`)
}
