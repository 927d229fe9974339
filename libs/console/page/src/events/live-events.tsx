import { useState } from 'preact/hooks'
import type { Recorded } from '../api/shapes.ts'
import type { TailState } from '../api/tail.ts'
import { headline, Loading, Refused } from '../ui/face.tsx'
import { count, counted, perSecond } from '../ui/numbers.ts'
import { EventList } from './event-list.tsx'
import { type Tail, useTail } from './use-tail.ts'

type Props = {
  filters: string
  linkTo(event: Recorded): string
  chosen: string
  isPaused: boolean
  pause(isPaused: boolean): void
  jump(time: string): void
}

/** The newest events, on top. The list stands still while it is paused, pointed at or scrolled: nothing moves under a hand. */
export function LiveEvents({ filters, linkTo, chosen, isPaused, pause, jump }: Props) {
  const [isPointedAt, setPointedAt] = useState(false)
  const [isScrolled, setScrolled] = useState(false)
  const isHeld = isPaused || isPointedAt || isScrolled
  const tail = useTail(`${filters ? `${filters}&` : ''}from=now`, isHeld)
  const { state, events, seen } = tail
  if (state.is === 'refused') return <Refused problem={state.problem} />
  return (
    <>
      <div class="status-line">
        <Pill state={state} isHeld={isHeld} />
        <span class="count">
          <strong>{count(seen)}</strong> {seen === 1 ? 'event' : 'events'} · {perSecond(tail.perSecond)}
        </span>
        <Held tail={tail} isPaused={isPaused} isHeld={isHeld} />
        <button type="button" aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
          {isPaused ? '▶ Resume' : '❚❚ Pause'}
        </button>
      </div>
      <div
        class="scroller"
        onPointerEnter={() => setPointedAt(true)}
        onPointerLeave={() => setPointedAt(false)}
        onFocusIn={() => setPointedAt(true)}
        onFocusOut={() => setPointedAt(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 4)}
      >
        {events.length > 0 && (
          <EventList events={events} linkTo={linkTo} chosen={chosen} label="Live events, newest first" />
        )}
        {events.length === 0 &&
          (state.is === 'live' ? <Quiet jump={jump} /> : state.is !== 'away' && <Loading />)}
      </div>
    </>
  )
}

function Pill({ state, isHeld }: { state: TailState; isHeld: boolean }) {
  const text = {
    connecting: 'Connecting',
    'catching up': 'Catching up',
    live: isHeld ? 'Held' : 'Live',
    away: 'Reconnecting',
    refused: 'Refused',
  }[state.is]
  return (
    <span class="pill" data-state={isHeld && state.is === 'live' ? 'held' : state.is} role="status">
      {text}
      {state.is === 'away' && <span class="why"> · {headline(state.problem)}</span>}
    </span>
  )
}

function Held({ tail, isPaused, isHeld }: { tail: Tail; isPaused: boolean; isHeld: boolean }) {
  if (!isHeld) return null
  const why = isPaused ? 'Paused' : 'Held while you are in the list'
  return (
    <span class="hint">
      {why}: {counted(tail.behind, 'new event')}
    </span>
  )
}

const spans = [
  ['5 minutes', 5],
  ['hour', 60],
  ['day', 24 * 60],
] as const

function Quiet({ jump }: { jump(time: string): void }) {
  return (
    <div class="face empty">
      <h2>Waiting for events</h2>
      <p>None has come that fits since you opened this. Look back over the last</p>
      <p class="buttons">
        {spans.map(([name, minutes]) => (
          <button
            type="button"
            key={name}
            onClick={() => jump(new Date(Date.now() - minutes * 60_000).toISOString())}
          >
            {name}
          </button>
        ))}
      </p>
    </div>
  )
}
