import { Link } from 'wouter-preact'
import { useMe } from '../api/me.ts'
import type { Parked } from '../api/shapes.ts'
import type { Question } from '../ui/confirm.tsx'
import { Empty } from '../ui/face.tsx'
import { shortId } from '../ui/ids.ts'
import { count } from '../ui/numbers.ts'
import { preciseTime } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'
import { parkedPath, replay } from './parked-actions.ts'

/** Keys whose events wait because their handler failed; those of other keys went on. */
export function ParkedKeys({ keys, complete, ask }: Parked & { ask(question: Question): void }) {
  const { may } = useMe()
  if (keys.length === 0) return <Empty>Nothing is parked: every event was handled.</Empty>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label="Keys that wait">
      <table>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Topic</th>
            <th scope="col">Key</th>
            <th scope="col" class="number">
              Events
            </th>
            <th scope="col">Since</th>
            <th scope="col">Reason</th>
            <th scope="col">
              <span class="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((parked) => (
            <tr key={`${parked.group}/${parked.topic}/${parked.key}`}>
              <td>{parked.group}</td>
              <td>
                <Topic name={parked.topic} />
              </td>
              <td class="mono" title={parked.key}>
                <Link href={`/groups/parked/${parkedPath(parked)}`}>{shortId(parked.key)}</Link>
              </td>
              <td class="number">{count(parked.events)}</td>
              <td>{preciseTime(parked.parkedAt)}</td>
              <td>{parked.reason}</td>
              <td>
                {may('ops') && (
                  <button type="button" class="small" onClick={() => ask(replay(parked))}>
                    Replay
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!complete && <p class="hint">These are the {count(keys.length)} oldest; there are more.</p>}
    </section>
  )
}
