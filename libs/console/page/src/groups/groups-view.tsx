import { useRef, useState } from 'preact/hooks'
import type { Groups, Parked } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Confirm, type Question } from '../ui/confirm.tsx'
import { Empty, Face } from '../ui/face.tsx'
import { useQuery } from '../ui/use-query.ts'
import { useTitle } from '../ui/use-title.ts'
import { GroupDetail } from './group-detail.tsx'
import { GroupTable } from './group-table.tsx'
import { type Sample, withSample } from './lag-history.ts'
import { ParkedKeys } from './parked-keys.tsx'
import { Projections } from './projections.tsx'
import { StorageCard } from './storage-card.tsx'
import { summaries } from './summary.ts'

/** Who reads what, how far each is, what waits, and how much is stored. */
export function GroupsView() {
  useTitle('Groups')
  const query = useQuery()
  const known = useRead<Groups>('/v1/ops/groups', { everyMs: 1_000 })
  const [acts, setActs] = useState(0)
  const parked = useRead<Parked>('/v1/ops/parked', { everyMs: 3_000, again: acts })
  const history = useRef<readonly Sample[]>([])
  const [question, ask] = useState<Question>()
  if (known.value) history.current = withSample(history.current, Date.parse(known.value.at), known.value.lags)
  return (
    <div class="stack">
      <h1>Groups and projections</h1>
      <Face known={known}>
        {({ lags, versions }) => {
          const groups = summaries(lags)
          if (groups.length === 0) return <Empty>No group has ever read this store.</Empty>
          const chosen = groups.find(({ group }) => group === query.get('group')) ?? busiest(groups)
          return (
            <>
              <GroupTable groups={groups} chosen={chosen?.group} linkTo={(group) => query.with({ group })} />
              {chosen && <GroupDetail key={chosen.group} group={chosen} history={history.current} />}
              <div class="columns">
                <Projections versions={versions} ask={ask} />
                <StorageCard />
              </div>
            </>
          )
        }}
      </Face>
      <section class="card" aria-label="Parked keys">
        <h2>Parked keys</h2>
        <Face known={parked}>{(found) => <ParkedKeys {...found} ask={ask} />}</Face>
      </section>
      {question && (
        <Confirm
          question={question}
          close={() => {
            ask(undefined)
            setActs((n) => n + 1)
          }}
        />
      )}
    </div>
  )
}

function busiest<Group extends { readonly lag: number }>(groups: readonly Group[]): Group | undefined {
  return groups.toSorted((a, b) => b.lag - a.lag)[0]
}
