import { useEffect, useState } from 'preact/hooks'
import { useQuery } from '../ui/use-query.ts'
import { useTitle } from '../ui/use-title.ts'
import { EventDetail } from './event-detail.tsx'
import { Filters, filtersOf } from './filters.tsx'
import { LiveEvents } from './live-events.tsx'
import { PastEvents } from './past-events.tsx'
import { TimeControl } from './time-control.tsx'

/** The log as it grows, or from a time on; beside it the event that was chosen. The address says all of it. */
export function EventsView() {
  useTitle('Events')
  const query = useQuery()
  const at = query.get('at')
  const chosen = query.get('event')
  const filters = filtersOf(query).toString()
  const [isPaused, setPaused] = useState(false)
  const linkTo = (event: { event_id: string }) => query.with({ event: event.event_id })
  const close = () => {
    query.change({ event: undefined })
    document.getElementById('view')?.focus()
  }
  useEffect(() => setPaused(false), [at])
  const list = { filters, linkTo, chosen }
  return (
    <div class={chosen ? 'split' : ''}>
      <section aria-label="Events">
        <h1 class="sr">Events</h1>
        <div class="toolbar">
          <TimeControl at={at} jump={(time) => query.change({ at: time })} />
          <Filters query={query} />
        </div>
        {at ? (
          <PastEvents key={at + filters} at={at} {...list} />
        ) : (
          <LiveEvents
            isPaused={isPaused}
            pause={setPaused}
            jump={(time) => query.change({ at: time })}
            {...list}
          />
        )}
      </section>
      {chosen && <EventDetail key={chosen} id={chosen} close={close} linkTo={linkTo} />}
    </div>
  )
}
