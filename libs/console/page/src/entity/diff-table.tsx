import { differences } from './diff.ts'

type Props = { before: unknown; after: unknown; label: string }

/** What has changed between two values, field by field. */
export function DiffTable({ before, after, label }: Props) {
  const changes = differences(before ?? {}, after ?? {})
  if (changes.length === 0) return <p class="hint">Nothing differs.</p>
  return (
    <table class="diff" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before: was, after: is }) => (
          <tr key={path}>
            <td>{path || '(all)'}</td>
            <td class={was === undefined ? '' : 'removed'}>{shown(was)}</td>
            <td class={is === undefined ? '' : 'added'}>{shown(is)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const shown = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value))
