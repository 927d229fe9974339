import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useMe } from '../api/me.ts'
import type { ParkedDetail, ParkedEntry, ParkedKey } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Confirm, type Question } from '../ui/confirm.tsx'
import { Empty, Face } from '../ui/face.tsx'
import { Json } from '../ui/json.tsx'
import { counted } from '../ui/numbers.ts'
import { preciseTime } from '../ui/time.tsx'
import { useTitle } from '../ui/use-title.ts'
import { discard, parkedPath, replay, skip } from './parked-actions.ts'

type Props = { group: string; topic: string; parkedKey: string }

/** One parked key: what its handler said, the events that wait, and what may be done about them. */
export function ParkedView({ group, topic, parkedKey: key }: Props) {
  useTitle('Parked key')
  const [acts, setActs] = useState(0)
  const [question, ask] = useState<Question>()
  const path = `/v1/ops/parked/${parkedPath({ group, topic, key })}`
  const known = useRead<ParkedDetail>(path, { everyMs: 2_000, again: acts })
  const close = () => {
    ask(undefined)
    setActs((n) => n + 1)
  }
  return (
    <div class="stack">
      <p>
        <Link href="/groups">← Groups</Link>
      </p>
      <h1 class="break">
        {group} cannot handle {key}
      </h1>
      <Face known={known}>
        {({ parked, events, decisions }) => (
          <>
            {parked ? (
              <Waiting parked={parked} ask={ask} />
            ) : (
              <Empty>Nothing of this key waits any more.</Empty>
            )}
            {events.map((event) => (
              <ParkedEvent key={event.entry_id} event={event} />
            ))}
            {decisions.length > 0 && (
              <section class="card">
                <h2>Decided before</h2>
                <ul>
                  {decisions.map((one) => (
                    <li key={one.decidedAt}>
                      {preciseTime(one.decidedAt)}: {one.operator} chose to {one.action}{' '}
                      {counted(one.events, 'event')}: “{one.reason}”
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Face>
      {question && <Confirm question={question} close={close} />}
    </div>
  )
}

function Waiting({ parked, ask }: { parked: ParkedKey; ask(question: Question): void }) {
  const { may } = useMe()
  return (
    <section class="card" aria-label="What happened">
      <p class="problem break">{parked.reason}</p>
      <p class="hint">
        {counted(parked.events, 'event')} of {parked.topic}:{parked.partition} waiting since{' '}
        {preciseTime(parked.parkedAt)}
      </p>
      {may('ops') ? (
        <p class="buttons">
          {[replay, skip, discard].map((action) => (
            <button type="button" key={action.name} onClick={() => ask(action(parked))}>
              {action(parked).action}…
            </button>
          ))}
        </p>
      ) : (
        <p class="hint">To act on it you need the role ops.</p>
      )}
    </section>
  )
}

function ParkedEvent({ event }: { event: ParkedEntry }) {
  const isRead = 'event_id' in event
  return (
    <section class="card">
      <h2>
        {isRead ? <Link href={`/events?event=${event.event_id}`}>{event.type}</Link> : 'Cannot be read'}
      </h2>
      {!isRead && <p class="problem">{event.problem}</p>}
      <p class="hint mono">entry {event.entry_id}</p>
      <Json value={isRead ? event.data : event.raw} label={`Payload of ${event.entry_id}`} />
    </section>
  )
}
