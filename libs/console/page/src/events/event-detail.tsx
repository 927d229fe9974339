import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useMe } from '../api/me.ts'
import type { Causes, Recorded } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Face } from '../ui/face.tsx'
import { entityPath, traceIdOf } from '../ui/ids.ts'
import { Json } from '../ui/json.tsx'
import { preciseTime } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'
import { CauseTree } from './cause-tree.tsx'

type Props = { id: string; close(): void; linkTo(event: { event_id: string }): string }

/** One event: what it says, where it lies, what led to it and what it led to. */
export function EventDetail({ id, close, linkTo }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const event = useRead<Recorded>(`/v1/events/${encodeURIComponent(id)}`)
  const causes = useRead<Causes>(`/v1/causes/${encodeURIComponent(id)}`)
  useEffect(() => heading.current?.focus(), [])
  return (
    // Escape closes it, beside the button that does
    <aside class="detail" aria-label="Event" onKeyDown={(pressed) => pressed.key === 'Escape' && close()}>
      <div class="detail-head">
        <h2 ref={heading} tabIndex={-1}>
          {event.value?.type ?? 'Event'}
        </h2>
        <button type="button" class="quiet" onClick={close} aria-label="Close the event">
          ✕
        </button>
      </div>
      <Face known={event}>{(recorded) => <Facts event={recorded} />}</Face>
      <h3>Cause and effects</h3>
      <Face known={causes}>{(found) => <CauseTree causes={found} chosen={id} linkTo={linkTo} />}</Face>
    </aside>
  )
}

function Facts({ event }: { event: Recorded }) {
  const { trace_url } = useMe()
  const traceId = traceIdOf(event.traceparent)
  return (
    <>
      <Json value={event.data} label="Data of the event" />
      <dl class="facts">
        <dt>Entity</dt>
        <dd>
          <Topic name={event.topic} />{' '}
          <Link href={entityPath(event, event.version)} class="mono">
            {event.entity_id}
          </Link>{' '}
          version {event.version}
        </dd>
        {event.key !== event.entity_id && (
          <>
            <dt>Key</dt>
            <dd class="mono">{event.key}</dd>
          </>
        )}
        <dt>Recorded</dt>
        <dd>{preciseTime(event.recorded_at)}</dd>
        <dt>Place</dt>
        <dd class="mono">
          {event.topic}:{event.partition} at {event.position}, entry {event.entry_id}
        </dd>
        <dt>Event id</dt>
        <dd class="mono">{event.event_id}</dd>
        <dt>Correlation</dt>
        <dd>
          <Link href={related(event)} class="mono">
            {event.correlation_id}
          </Link>
        </dd>
        <dt>Causation</dt>
        <dd class="mono">{event.causation_id}</dd>
        <dt>Trace</dt>
        <dd class="mono">
          {traceId === undefined ? (
            'none'
          ) : trace_url ? (
            <a href={trace_url.replace('{trace_id}', traceId)} target="_blank" rel="noreferrer">
              {traceId}
            </a>
          ) : (
            traceId
          )}
        </dd>
        <dt>Actor</dt>
        <dd>{event.actor ?? 'not known'}</dd>
        <dt>Schema</dt>
        <dd>version {event.schema_version} when written</dd>
      </dl>
    </>
  )
}

/** Everything that the same request led to, from the event's own time on. */
function related({ correlation_id, recorded_at, event_id }: Recorded): string {
  const at = new Date(Date.parse(recorded_at) - 60_000).toISOString()
  return `/events?${new URLSearchParams({ correlation_id, at, event: event_id })}`
}
