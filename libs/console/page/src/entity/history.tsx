import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Recorded } from '../api/shapes.ts'
import { Loading } from '../ui/face.tsx'
import { Json } from '../ui/json.tsx'
import { preciseTime } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'
import { useQuery } from '../ui/use-query.ts'
import { DiffTable } from './diff-table.tsx'
import { type StateAt, useStateAt } from './use-state-at.ts'

type Props = {
  /** The newest first. */
  events: readonly Recorded[]
  hasOlder: boolean
  older(): void
  newest: (() => void) | undefined
  isShop: boolean
}

/** An entity's events with a slider through them; the address names the version, and the one that it is compared with. */
export function History({ events, hasOlder, older, newest, isShop }: Props) {
  const query = useQuery()
  const sliderId = useId()
  const ordered = events.toReversed()
  const index = indexOf(ordered, query.get('version'), ordered.length - 1)
  const chosen = ordered[index] as Recorded
  const against = indexOf(ordered, query.get('against'), index - 1)
  const other = ordered[against]
  const go = (version: number | undefined) =>
    query.change({ version: version === undefined ? undefined : String(version) }, { replace: true })
  return (
    <>
      <section class="card" aria-label="Time travel">
        <div class="slider">
          <label for={sliderId}>
            Version <strong>{chosen.version}</strong> of{' '}
            {(hasOlder || newest) && `${ordered[0]?.version} to `}
            {ordered.at(-1)?.version}
          </label>
          <input
            id={sliderId}
            type="range"
            min={0}
            max={ordered.length - 1}
            value={index}
            aria-valuetext={`version ${chosen.version}, ${chosen.type}`}
            onInput={(event) => go(ordered[Number(event.currentTarget.value)]?.version)}
          />
          <span class="buttons">
            <button
              type="button"
              class="small"
              disabled={index === 0}
              onClick={() => go(ordered[index - 1]?.version)}
            >
              ← Earlier
            </button>
            <button
              type="button"
              class="small"
              disabled={index === ordered.length - 1}
              onClick={() => go(ordered[index + 1]?.version)}
            >
              Later →
            </button>
            {hasOlder && (
              <button type="button" class="small" onClick={older}>
                Load older
              </button>
            )}
            {newest && (
              <button type="button" class="small" onClick={newest}>
                Newest
              </button>
            )}
          </span>
        </div>
        <p>
          <Topic name={chosen.topic} /> <Link href={`/events?event=${chosen.event_id}`}>{chosen.type}</Link>{' '}
          <span class="hint">
            {preciseTime(chosen.recorded_at)}
            {chosen.actor ? ` by ${chosen.actor}` : ''}
          </span>
        </p>
      </section>
      <Compared chosen={chosen} other={other} isShop={isShop}>
        <select
          aria-label="Compare with version"
          value={other ? String(other.version) : ''}
          onChange={(event) => query.change({ against: event.currentTarget.value }, { replace: true })}
        >
          {!other && <option value="">nothing before</option>}
          {ordered
            .filter((event) => event !== chosen)
            .map(({ version, type }) => (
              <option key={version} value={String(version)}>
                version {version}: {type}
              </option>
            ))}
        </select>
      </Compared>
    </>
  )
}

function indexOf(ordered: readonly Recorded[], version: string, otherwise: number): number {
  const found = ordered.findIndex((event) => String(event.version) === version)
  return found < 0 ? otherwise : found
}

type ComparedProps = {
  chosen: Recorded
  other: Recorded | undefined
  isShop: boolean
  children: ComponentChildren
}

/** Two versions side by side, and what differs: their states where the server can tell them, else the data of the events. */
function Compared({ chosen, other, isShop, children }: ComparedProps) {
  const now = useStateAt(chosen, isShop)
  const then = useStateAt(other, isShop)
  const [left, right] = [now, then].some(({ is }) => is === 'loading') ? [] : sides(then, other, now, chosen)
  const what = now.is === 'known' && (then.is === 'known' || !other) ? 'State' : 'Data'
  return (
    <>
      <section class="card" aria-label="What changed">
        <div class="card-head">
          <h2>What changed</h2>
          {children}
        </div>
        {right === undefined ? <Loading /> : <DiffTable before={left} after={right} label="What changed" />}
      </section>
      <div class="columns">
        <section class="card">
          <h2>{other ? `${what} at version ${other.version}` : 'Nothing before'}</h2>
          {other && <Json value={left ?? null} label="Before" />}
        </section>
        <section class="card">
          <h2>
            {what} at version {chosen.version}
          </h2>
          <Json value={right ?? null} label="After" />
        </section>
      </div>
      {now.is === 'known' && (
        <details class="card">
          <summary>Data of the event</summary>
          <Json value={chosen.data} label="Data of the event" />
        </details>
      )}
    </>
  )
}

/** Like is compared with like: states if both are told, else data. */
function sides(
  then: StateAt,
  other: Recorded | undefined,
  now: StateAt,
  chosen: Recorded,
): readonly unknown[] {
  if (now.is === 'known' && (then.is === 'known' || !other))
    return [then.is === 'known' ? then.state : undefined, now.state]
  return [other?.data, chosen.data]
}
