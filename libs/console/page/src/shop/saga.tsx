import { Link } from 'wouter-preact'
import { useTail } from '../events/use-tail.ts'
import { headline, Loading } from '../ui/face.tsx'
import { counted } from '../ui/numbers.ts'
import { duration, preciseTime } from '../ui/time.tsx'
import { hueOf, Topic } from '../ui/topic.tsx'
import { type SagaRequest, type Step, stepsOf } from './saga-steps.ts'

/** What one request led to, as it happens: each event, who recorded it, when, and how long its part took. */
export function Saga({ correlationId, from, title }: SagaRequest) {
  // A billing's first event is a little older than the order's.
  const since = new Date(Date.parse(from) - 10_000).toISOString()
  const query = new URLSearchParams({ correlation_id: correlationId, from: since })
  const { events, state } = useTail(query.toString(), false)
  const steps = stepsOf(events)
  const total = Math.max(1, ...steps.map(({ sinceStart }) => sinceStart))
  return (
    <section class="card" aria-label={`Saga: ${title}`}>
      <div class="card-head">
        <h2>{title}</h2>
        <span class="hint">
          {counted(steps.length, 'step')} in {duration(total)}
        </span>
      </div>
      {state.is === 'away' && <p class="problem">{headline(state.problem)}; trying again.</p>}
      {state.is === 'refused' && <p class="problem">{state.problem.detail}</p>}
      {steps.length === 0 && state.is !== 'refused' && <Loading />}
      {steps.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="table-scroll" tabIndex={0} aria-label={`Steps: ${title}`}>
          <table class="saga rows" title={preciseTime(from)}>
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">Step</th>
                <th scope="col" class="number">
                  At
                </th>
                <th scope="col" class="number">
                  Took
                </th>
                <th scope="col" class="wide">
                  Timeline
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <Row key={step.event.event_id} step={step} total={total} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}

function Row({ step: { event, service, sinceStart, took }, total }: { step: Step; total: number }) {
  const begins = ((sinceStart - took) / total) * 100
  return (
    <tr>
      <td>
        <span class="topic" data-hue={hueOf(event.topic)}>
          {service}
        </span>
      </td>
      <td>
        <Link href={`/events?event=${event.event_id}`} class="cover">
          {event.type}
        </Link>
        <span class="sr">
          {' '}
          in <Topic name={event.topic} />
        </span>
      </td>
      <td class="number">+{duration(sinceStart)}</td>
      <td class="number">{duration(took)}</td>
      <td class="wide line">
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" data-hue={hueOf(event.topic)}>
          <rect x={Math.max(0, begins)} y="2" width={Math.max(0.6, (took / total) * 100)} height="6" />
        </svg>
      </td>
    </tr>
  )
}
