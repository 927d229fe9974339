import { Link } from 'wouter-preact'
import type { Causes, Effects, Recorded } from '../api/shapes.ts'
import { counted } from '../ui/numbers.ts'
import { duration } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'

type Props = { causes: Causes; chosen: string; linkTo(event: Recorded): string }

/** What led to an event, above it, and all that it led to, below. Times are counted from the first event. */
export function CauseTree({ causes, chosen, linkTo }: Props) {
  const { ancestors, tree, complete, searched } = causes
  const first = [...ancestors, tree.event].find((event) => 'recorded_at' in event)
  const start = Date.parse(first?.recorded_at ?? '')
  const nested = ancestors.reduceRight<Effects>((below, event) => ({ event, effects: [below] }), tree)
  return (
    <>
      <ul class="tree">
        <Branch branch={nested} start={start} chosen={chosen} linkTo={linkTo} />
      </ul>
      {!complete && (
        <p class="hint">There may be more effects: the search ended after {counted(searched, 'event')}.</p>
      )}
    </>
  )
}

type BranchProps = { branch: Effects; start: number; chosen: string; linkTo(event: Recorded): string }

function Branch({ branch: { event, effects }, start, chosen, linkTo }: BranchProps) {
  const below = effects.length > 0 && (
    <ul>
      {effects.map((effect) => (
        <Branch key={effect.event.entry_id} branch={effect} start={start} chosen={chosen} linkTo={linkTo} />
      ))}
    </ul>
  )
  if (!('event_id' in event))
    return (
      <li>
        Entry {event.entry_id} cannot be read <Topic name={event.topic} />
        {below}
      </li>
    )
  const isChosen = event.event_id === chosen
  return (
    <li>
      <Link
        href={linkTo(event)}
        class={isChosen ? 'chosen' : ''}
        {...(isChosen ? { 'aria-current': 'true' } : {})}
      >
        {event.type}
      </Link>{' '}
      <Topic name={event.topic} />
      <span class="hint"> +{duration(Math.max(0, Date.parse(event.recorded_at) - start))}</span>
      {below}
    </li>
  )
}
