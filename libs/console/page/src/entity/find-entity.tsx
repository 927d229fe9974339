import { useLocation } from 'wouter-preact'
import type { Topics } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { useQuery } from '../ui/use-query.ts'

export function FindEntity({ topic, id }: { topic: string; id: string }) {
  const query = useQuery()
  const [, navigate] = useLocation()
  const topics = useRead<Topics>('/v1/topics').value?.topics ?? []
  const find = (event: Event & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const asked = new FormData(event.currentTarget)
    const value = (name: string) => encodeURIComponent(String(asked.get(name)).trim())
    const key = value('key')
    navigate(`/entities/${value('topic')}/${value('id')}${key ? `?key=${key}` : ''}`)
  }
  return (
    <form class="form card" aria-label="Find an entity" onSubmit={find}>
      <label>
        Topic
        <input name="topic" list="topics" defaultValue={topic} required />
      </label>
      <datalist id="topics">
        {topics.map((one) => (
          <option key={one.topic} value={one.topic} />
        ))}
      </datalist>
      <label class="grow">
        Entity id
        <input name="id" defaultValue={id} required />
      </label>
      <label>
        Key, if it is another
        <input name="key" defaultValue={query.get('key')} />
      </label>
      <button type="submit" class="primary">
        Show
      </button>
    </form>
  )
}
