import { Link } from 'wouter-preact'
import { count } from '../ui/numbers.ts'
import { duration } from '../ui/time.tsx'
import { Topic } from '../ui/topic.tsx'
import type { GroupSummary } from './summary.ts'

/** How old an event may be that nobody has read yet, before that is wrong. */
const idleMs = 120_000

type Props = { groups: readonly GroupSummary[]; chosen: string | undefined; linkTo(group: string): string }

export function GroupTable({ groups, chosen, linkTo }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="card table-scroll" tabIndex={0} aria-label="Groups">
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Behind
            </th>
            <th scope="col" class="number">
              Oldest
            </th>
            <th scope="col" class="number">
              Owners
            </th>
            <th scope="col" class="number">
              Parked
            </th>
            <th scope="col" class="wide">
              Reads
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.group} class={group.group === chosen ? 'chosen' : ''}>
              <td>
                <Link
                  href={linkTo(group.group)}
                  class="cover"
                  replace
                  {...(group.group === chosen ? { 'aria-current': 'true' } : {})}
                >
                  {group.group}
                </Link>
              </td>
              <td>
                <State group={group} />
              </td>
              <td class="number">{count(group.lag)}</td>
              <td class="number">{group.lagMs > 0 ? duration(group.lagMs) : '–'}</td>
              <td class="number">{group.owners.length}</td>
              <td class="number">{group.parkedKeys > 0 ? count(group.parkedKeys) : '–'}</td>
              <td class="wide">
                {group.topics.map((topic) => (
                  <span key={topic} class="list">
                    <Topic name={topic} />
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function State({ group }: { group: GroupSummary }) {
  // One that works off what has come together, as an archive does, owns partitions only while it does.
  if (group.owners.length === 0 && group.lagMs > idleMs) return <Pill state="bad" text="nobody reads" />
  if (group.owners.length === 0 && group.lag === 0) return <Pill state="past" text="idle, no owner" />
  if (group.ownerless > 0) return <Pill state="warn" text={`${group.ownerless} without owner`} />
  if (group.parkedKeys > 0) return <Pill state="warn" text="keys parked" />
  return group.lagMs > 5_000 ? <Pill state="warn" text="behind" /> : <Pill state="good" text="up to date" />
}

function Pill({ state, text }: { state: string; text: string }) {
  return (
    <span class="pill" data-state={state}>
      {text}
    </span>
  )
}
