import { useId } from 'preact/hooks'
import type { Topics } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Topic } from '../ui/topic.tsx'
import type { useQuery } from '../ui/use-query.ts'

const filterNames = ['topic', 'type', 'entity', 'correlation_id'] as const

/** The part of the address that both the live tail and the pages of the past are asked with. */
export function filtersOf(query: ReturnType<typeof useQuery>): URLSearchParams {
  const filters = new URLSearchParams()
  for (const name of filterNames) {
    const value = query.get(name)
    if (value) filters.set(name, value)
  }
  return filters
}

export function Filters({ query }: { query: ReturnType<typeof useQuery> }) {
  const topics = useRead<Topics>('/v1/topics', { everyMs: 60_000 }).value?.topics ?? []
  const chosen = new Set(query.get('topic').split(',').filter(Boolean))
  const toggle = (topic: string) => {
    const next = chosen.has(topic) ? [...chosen].filter((one) => one !== topic) : [...chosen, topic]
    query.change({ topic: next.join(',') }, { replace: true })
  }
  const isFiltered = filterNames.some((name) => query.get(name))
  return (
    <form class="filters" aria-label="Filter events" onSubmit={(event) => event.preventDefault()}>
      <details class="menu">
        <summary>{chosen.size === 0 ? 'All topics' : [...chosen].join(', ')}</summary>
        <fieldset>
          <legend class="sr">Topics</legend>
          {topics.map(({ topic }) => (
            <label key={topic}>
              <input type="checkbox" checked={chosen.has(topic)} onChange={() => toggle(topic)} />
              <Topic name={topic} />
            </label>
          ))}
        </fieldset>
      </details>
      <Field query={query} name="type" label="Types" hint="order_created, …" />
      <Field query={query} name="entity" label="Entity" hint="entity id" />
      <Field query={query} name="correlation_id" label="Correlation" hint="correlation id" />
      {isFiltered && (
        <button
          type="button"
          class="quiet"
          onClick={() => query.change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
        >
          Clear
        </button>
      )}
    </form>
  )
}

type FieldProps = { query: ReturnType<typeof useQuery>; name: string; label: string; hint: string }

function Field({ query, name, label, hint }: FieldProps) {
  const id = useId()
  return (
    <>
      <label class="sr" for={id}>
        {label}
      </label>
      <input
        id={id}
        class={`field-${name}`}
        value={query.get(name)}
        placeholder={hint}
        spellcheck={false}
        autocomplete="off"
        onChange={(event) =>
          query.change({ [name]: event.currentTarget.value.replaceAll(/\s/g, '') }, { replace: true })
        }
      />
    </>
  )
}
