import type { EntityKind } from '@ordershop/contracts'
import type { RowQuery } from '@ordershop/event-store'

/** One entry of an index, and the partition it is in. */
export type Member = { readonly member: string; readonly partition: number }

type Query = (queries: readonly RowQuery[]) => Promise<unknown[]>
/** `before`: where it ends, exclusive; default: at its end. */
export type Index = {
  readonly topic: EntityKind
  readonly row: string
  readonly partitions: readonly number[]
  readonly before?: string | undefined
}
/** Members of one partition that are read and not yet handed out. */
type Source = { readonly partition: number; ahead: string[]; last: string; more: boolean }

/**
 * Members of an index after `after`, merged over all partitions in order of creation, in pages of at most `pageSize`; the
 * first page is a full one if there are as many. Holds at most `partitions` × 1.5 × `pageSize` members, however long the
 * index. Reads on only when the next page is asked for.
 */
export async function* indexPages(
  query: Query,
  { after = '', ...index }: Index & { readonly after?: string | undefined },
  pageSize: number,
): AsyncGenerator<Member[]> {
  const sources = index.partitions.map(
    (partition): Source => ({ partition, ahead: [], last: after, more: true }),
  )
  for (;;) {
    await refill(query, index, sources, pageSize)
    const page = takePage(sources, pageSize)
    if (page.length === 0) return
    yield page
  }
}

/** Reads on where less than half of `readAhead` members are left. */
async function refill(
  query: Query,
  { topic, row, before }: Index,
  sources: readonly Source[],
  readAhead: number,
): Promise<void> {
  const low = sources.filter(({ ahead, more }) => more && ahead.length < readAhead / 2)
  const found = await query(
    low.map(({ partition, last }) => {
      const after = last === '' ? '-' : `(${last}`
      const args = [after, before === undefined ? '+' : `(${before}`, 'BYLEX', 'LIMIT', 0, readAhead]
      return { command: 'ZRANGE', topic, partition, row, args } as const
    }),
  )
  for (const [k, source] of low.entries()) {
    const members = found[k] as string[]
    source.ahead.push(...members)
    source.last = members.at(-1) ?? source.last
    source.more = members.length === readAhead
  }
}

/** The first members of all sources, as far as none of them has to be read again. */
function takePage(sources: readonly Source[], pageSize: number): Member[] {
  const page: Member[] = []
  const taken = sources.map(() => 0)
  while (page.length < pageSize) {
    let first = -1
    for (const [k, { ahead, more }] of sources.entries()) {
      const member = ahead[taken[k] as number]
      if (member === undefined && more) return done()
      if (member !== undefined && (first < 0 || member < head(first))) first = k
    }
    if (first < 0) return done()
    page.push({ member: head(first), partition: (sources[first] as Source).partition })
    taken[first] = (taken[first] as number) + 1
  }
  return done()

  function head(k: number): string {
    return (sources[k] as Source).ahead[taken[k] as number] as string
  }
  function done(): Member[] {
    for (const [k, source] of sources.entries()) source.ahead = source.ahead.slice(taken[k])
    return page
  }
}
