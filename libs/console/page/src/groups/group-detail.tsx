import { useState } from 'preact/hooks'
import { LineChart } from '../ui/line-chart.tsx'
import { count, counted } from '../ui/numbers.ts'
import { duration } from '../ui/time.tsx'
import { linesOf, type Sample } from './lag-history.ts'
import type { GroupSummary } from './summary.ts'

const units = ['events', 'seconds'] as const

/** One group: how far behind each of its partitions was since the page was opened, and where each stands. */
export function GroupDetail({ group, history }: { group: GroupSummary; history: readonly Sample[] }) {
  const [unit, setUnit] = useState<(typeof units)[number]>('events')
  const lines = linesOf(history, group.partitions, unit)
  const now = unit === 'events' ? counted(group.lag, 'event') : duration(group.lagMs)
  return (
    <section class="card" aria-label={`Group ${group.group}`}>
      <div class="card-head">
        <h2>{group.group}: behind, by partition</h2>
        <div class="buttons">
          {units.map((one) => (
            <button
              type="button"
              key={one}
              class="small"
              aria-pressed={one === unit}
              onClick={() => setUnit(one)}
            >
              {one}
            </button>
          ))}
        </div>
      </div>
      <LineChart
        times={history.map(({ at }) => at)}
        lines={lines}
        label={`Lag of ${group.group} in ${unit}; now ${now} in ${counted(lines.length, 'partition')}`}
      />
      <details>
        <summary>{counted(group.partitions.length, 'partition')}</summary>
        <Partitions group={group} />
      </details>
    </section>
  )
}

function Partitions({ group }: { group: GroupSummary }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={`Partitions of ${group.group}`}>
      <table>
        <thead>
          <tr>
            {['Partition', 'Handled', 'Head', 'Behind', 'Oldest', 'Parked'].map((title) => (
              <th key={title} scope="col" class={title === 'Partition' ? '' : 'number'}>
                {title}
              </th>
            ))}
            <th scope="col">Owner</th>
          </tr>
        </thead>
        <tbody>
          {group.partitions.map((one) => (
            <tr key={`${one.topic}:${one.partition}`}>
              <td class="mono">
                {one.topic}:{one.partition}
              </td>
              <td class="number">{count(one.position)}</td>
              <td class="number">{count(one.head)}</td>
              <td class="number">{count(one.lag)}</td>
              <td class="number">{one.lagMs > 0 ? duration(one.lagMs) : '–'}</td>
              <td class="number">{one.parkedEvents > 0 ? count(one.parkedEvents) : '–'}</td>
              <td class="mono">{one.owner ?? <span class="problem">nobody</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
