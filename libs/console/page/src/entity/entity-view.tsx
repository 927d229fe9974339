import { useEffect, useState } from 'preact/hooks'
import { useMe } from '../api/me.ts'
import type { Page, Recorded } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Empty, Face } from '../ui/face.tsx'
import { useQuery } from '../ui/use-query.ts'
import { useTitle } from '../ui/use-title.ts'
import { FindEntity } from './find-entity.tsx'
import { History } from './history.tsx'

/** Any entity, as its events tell it, at whatever version. */
export function EntityView({ topic, id }: { topic?: string; id?: string }) {
  useTitle('Entities')
  return (
    <div class="stack">
      <h1>Entities</h1>
      <FindEntity key={`${topic}/${id}`} topic={topic ?? ''} id={id ?? ''} />
      {topic && id ? (
        <Found key={`${topic}/${id}`} topic={topic} id={id} />
      ) : (
        <Empty>Name an entity by its topic and id, or choose one in Events.</Empty>
      )}
    </div>
  )
}

const pageSize = 100

function Found({ topic, id }: { topic: string; id: string }) {
  const { shop } = useMe()
  const query = useQuery()
  const [before, setBefore] = useState<number>()
  const asked = new URLSearchParams({ limit: String(pageSize) })
  const key = query.get('key')
  if (key) asked.set('key', key)
  if (before !== undefined) asked.set('before', String(before))
  const path = `/v1/topics/${encodeURIComponent(topic)}/entities/${encodeURIComponent(id)}/events?${asked}`
  const known = useRead<Page<Recorded>>(path, before === undefined ? { everyMs: 3_000 } : {})
  const oldest = known.value?.items.at(-1)?.version
  const wanted = Number(query.get('version'))
  // The address may name a version that is older than the newest page.
  useEffect(() => {
    if (before === undefined && oldest !== undefined && wanted > 0 && wanted < oldest)
      setBefore(wanted + pageSize / 2)
  }, [before, oldest, wanted])
  const newest = () => {
    query.change({ version: undefined, against: undefined }, { replace: true })
    setBefore(undefined)
  }
  return (
    <Face known={known}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty>
            <h2>No events</h2>
            <p>
              Topic {topic} has none of {id}
              {key ? ` under the key ${key}` : ''}. An entity whose key is not its id is found with its key.
            </p>
          </Empty>
        ) : (
          <History
            events={items}
            hasOlder={next !== null}
            older={() => setBefore(items.at(-1)?.version)}
            newest={before === undefined ? undefined : newest}
            isShop={shop}
          />
        )
      }
    </Face>
  )
}
