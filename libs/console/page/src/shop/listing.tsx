import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Problem, problemOf, read } from '../api/call.ts'
import type { Page } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Empty, Face } from '../ui/face.tsx'

type Props<Item> = {
  path: string
  label: string
  titles: readonly string[]
  row(item: Item): ComponentChildren
  idOf(item: Item): string
  /** Asks anew when it changes. */
  again: number
}

const shownAtOnce = 50

/** A list of the shop's, in order of creation, page by page. */
export function Listing<Item>({ path, label, titles, row, idOf, again }: Props<Item>) {
  const first = useRead<Page<Item>>(`${path}?limit=${shownAtOnce}`, { everyMs: 5_000, again })
  const [more, setMore] = useState<Page<Item>>()
  const [problem, setProblem] = useState<Problem>()
  // what was read before a change may not be so any more
  useEffect(() => setMore(undefined), [again, path])
  return (
    <Face known={first}>
      {(page) => {
        const next = more ? more.next : page.next
        const items = [
          ...new Map([...page.items, ...(more?.items ?? [])].map((item) => [idOf(item), item])).values(),
        ]
        if (items.length === 0) return <Empty>There are none yet.</Empty>
        const goOn = (from: string) =>
          read<Page<Item>>(from).then(
            (answer) => setMore({ items: [...(more?.items ?? []), ...answer.items], next: answer.next }),
            (error: unknown) => setProblem(problemOf(error)),
          )
        return (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section class="card table-scroll" tabIndex={0} aria-label={label}>
            <table>
              <thead>
                <tr>
                  {titles.map((title) => (
                    <th key={title} scope="col">
                      {title || <span class="sr">Actions</span>}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={idOf(item)}>{row(item)}</tr>
                ))}
              </tbody>
            </table>
            {problem && <p class="problem">{problem.detail}</p>}
            {next && (
              <button type="button" class="more" onClick={() => goOn(next)}>
                Show more
              </button>
            )}
          </section>
        )
      }}
    </Face>
  )
}
