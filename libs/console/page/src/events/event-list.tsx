import { Link } from 'wouter-preact'
import type { Recorded } from '../api/shapes.ts'
import { shortId } from '../ui/ids.ts'
import { preciseClock, preciseTime } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'

type Props = {
  events: readonly Recorded[]
  /** The address that shows an event. */
  linkTo(event: Recorded): string
  chosen: string
  label: string
}

export function EventList({ events, linkTo, chosen, label }: Props) {
  return (
    <table class="events">
      <caption class="sr">{label}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Topic</th>
          <th scope="col">Event</th>
          <th scope="col">Entity</th>
          <th scope="col" class="number">
            Version
          </th>
          <th scope="col" class="wide">
            Position
          </th>
          <th scope="col" class="wide">
            Actor
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Row key={event.event_id} event={event} to={linkTo(event)} isChosen={event.event_id === chosen} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ event, to, isChosen }: { event: Recorded; to: string; isChosen: boolean }) {
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <td class="mono" title={preciseTime(event.recorded_at)}>
        {preciseClock(event.recorded_at)}
      </td>
      <td>
        <Topic name={event.topic} />
      </td>
      <td>
        <Link href={to} class="cover" {...(isChosen ? { 'aria-current': 'true' } : {})}>
          {event.type}
        </Link>
      </td>
      <td class="mono" title={event.entity_id}>
        {shortId(event.entity_id)}
      </td>
      <td class="number">{event.version}</td>
      <td class="mono wide">
        {event.partition}:{event.position}
      </td>
      <td class="wide">{event.actor ?? ''}</td>
    </tr>
  )
}
