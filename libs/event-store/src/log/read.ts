import type { AnyEvent, Catalog, Recorded } from '../event.ts'
import type { EntityRef, EventStore, Loaded } from '../event-store.ts'
import { parseAnswer } from './append.ts'
import { checkRef } from './limits.ts'
import type { Log, WalkedBack } from './log.ts'
import { placeOf } from './partition.ts'
import { decode, type RawEntry } from './wire.ts'

// Bounds one call of a script, which blocks Redis: 1,000 events of 1 KB take it about 3 ms.
const eventsPerWalk = 1_000
const entitiesPerCall = 500

type Reads<E extends AnyEvent> = Pick<EventStore<E>, 'load' | 'readEntity' | 'lastEvents' | 'readTopic'>

/** The reads of a store. */
export function readsFrom<E extends AnyEvent>(log: Log, catalog: Catalog<E>, partitions: number): Reads<E> {
  const place = (ref: EntityRef) => placeOf(ref, partitions)

  async function load(
    ref: EntityRef,
    options: { commandId?: string; snapshotRevision?: string } = {},
  ): Promise<Loaded<E>> {
    checkRef('load', catalog.topics, ref)
    const at = place(ref)
    const entries: RawEntry[] = []
    let page: WalkedBack
    let from = ''
    do {
      const commandId = from === '' ? (options.commandId ?? '') : ''
      const revision = options.snapshotRevision ?? ''
      page = await log.walkBack(at, ref.entityId, { commandId, revision, limit: eventsPerWalk, from })
      if (page.answer !== '') {
        const stored = parseAnswer(page.answer)
        return {
          ...stored,
          partition: at.partition,
          events: [],
          repeated: { ...at, ...stored, repeated: true },
        }
      }
      entries.push(...page.entries)
      from = page.next
    } while (from !== '')
    const events = entries.reverse().map((entry) => decode(catalog, at, entry))
    const version = page.head === '' ? 0 : Number(page.head.slice(0, page.head.indexOf('@')))
    const snapshot = page.snapshot === '' ? undefined : parseSnapshot(page.snapshot)
    const position = events.at(-1)?.position ?? snapshot?.position ?? 0
    return {
      version,
      position,
      partition: at.partition,
      events,
      ...(snapshot === undefined ? {} : { snapshot: snapshot.state }),
    }
  }

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
    lastEvents,
    readEntity: async (ref) => (await load(ref)).events,
    async *readTopic(topic, partition, { after = '', pageSize = 512 } = {}) {
      const at = { topic, partition }
      for (let from = after; ; ) {
        const page = await log.page(at, from, pageSize)
        for (const entry of page) yield decode(catalog, at, entry)
        const last = page.at(-1)
        if (!last || page.length < pageSize) return
        from = last[0]
      }
    },
  }
}

// `version|entry id|revision|` is for `load.lua`; the rest is JSON.
function parseSnapshot(value: string): { state: unknown; position: number } {
  const prefix = value.split('|', 3).join('|').length + 1
  return JSON.parse(value.slice(prefix)) as { state: unknown; position: number }
}
