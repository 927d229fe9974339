import { useState } from 'preact/hooks'
import { type Problem, problemOf, read } from '../api/call.ts'
import type { Page, Recorded } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Empty, Face, headline } from '../ui/face.tsx'
import { counted } from '../ui/numbers.ts'
import { preciseTime } from '../ui/time.tsx'
import { EventList } from './event-list.tsx'

type Props = { at: string; filters: string; linkTo(event: Recorded): string; chosen: string }

const pageSize = 100
/** Shown at once at most; whoever wants more jumps to the last one's time. */
const most = 2_000

/** The events from a time on, oldest first, page by page. */
export function PastEvents({ at, filters, linkTo, chosen }: Props) {
  const first = useRead<Page<Recorded>>(
    `/v1/events?${filters ? `${filters}&` : ''}from=${encodeURIComponent(at)}&limit=${pageSize}`,
  )
  const [more, setMore] = useState<{ items: readonly Recorded[]; next: string | null }>()
  const [problem, setProblem] = useState<Problem>()
  return (
    <Face known={first}>
      {(page) => {
        const events = [...page.items, ...(more?.items ?? [])]
        const next = more ? more.next : page.next
        const goOn = async (path: string) => {
          try {
            const answer = await read<Page<Recorded>>(path)
            setMore({ items: [...(more?.items ?? []), ...answer.items], next: answer.next })
            setProblem(undefined)
          } catch (error) {
            setProblem(problemOf(error))
          }
        }
        return (
          <>
            <div class="status-line">
              <span class="pill" data-state="past">
                Past
              </span>
              <span class="count">
                {counted(events.length, 'event')} from {preciseTime(at)} on
              </span>
            </div>
            <div class="scroller">
              {events.length === 0 ? (
                <Empty>
                  <h2>No events</h2>
                  <p>Nothing was recorded since then that fits.</p>
                </Empty>
              ) : (
                <EventList events={events} linkTo={linkTo} chosen={chosen} label="Events, oldest first" />
              )}
              {problem && <p class="problem">{`${headline(problem)}: ${problem.detail}`}</p>}
              {next && events.length < most && (
                <button type="button" class="more" onClick={() => goOn(next)}>
                  Show later events
                </button>
              )}
            </div>
          </>
        )
      }}
    </Face>
  )
}
