import type { RowQuery } from '@ordershop/event-store'
import { expect, test } from 'vitest'
import { indexPages } from './index-pages.ts'

const ids = Array.from({ length: 5_003 }, (_, n) => String(n).padStart(5, '0'))
const index = { topic: 'customer', row: 'customer_index', partitions: [0, 1, 2, 3] } as const

/** Answers ZRANGE … BYLEX LIMIT over these partitions, and counts the members that it gave. */
function sortedSets(partitions: readonly (readonly string[])[]) {
  const given = { members: 0 }
  async function query(queries: readonly RowQuery[]) {
    return queries.map(({ partition, args = [] }) => {
      const after = String(args[0]).slice(1)
      const found = (partitions[partition] as string[]).filter((id) => id > after).slice(0, Number(args[5]))
      given.members += found.length
      return found
    })
  }
  return { given, query }
}

async function all(partitions: readonly (readonly string[])[], pageSize: number) {
  const { given, query } = sortedSets(partitions)
  const sizes: number[] = []
  const members: string[] = []
  for await (const page of indexPages(query, index, pageSize)) {
    sizes.push(page.length)
    for (const { member, partition } of page) {
      expect(partitions[partition]).toContain(member)
      members.push(member)
    }
  }
  return { members, sizes, given }
}

const dealt = (to: (n: number) => number) => [0, 1, 2, 3].map((p) => ids.filter((_, n) => to(n) === p))

test.each([
  ['evenly', dealt((n) => n % 4)],
  ['one after another', dealt((n) => Math.floor(n / 1_300))],
  ['all in one', dealt(() => 2)],
])(
  'members that lie in partitions %s come in order of creation, each once, and each is read once',
  async (_, partitions) => {
    const { members, sizes, given } = await all(partitions, 100)
    expect(members).toEqual(ids)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
    expect(given.members).toBe(ids.length)
  },
)

test('an empty index has no page', async () => {
  expect((await all([[], [], [], []], 100)).sizes).toEqual([])
})

test('a page that is not asked for is not read', async () => {
  const { given, query } = sortedSets(dealt((n) => n % 4))
  const pages = indexPages(query, index, 100)
  await pages.next()
  const before = given.members
  expect(before).toBeLessThanOrEqual(4 * 500)
  await pages.return(undefined)
  expect(given.members).toBe(before)
})
