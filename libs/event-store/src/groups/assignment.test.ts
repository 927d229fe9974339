import { describe, expect, test } from 'vitest'
import { disputedTopics, type LiveMember, sharesOf } from './assignment.ts'

const names = (n: number) => Array.from({ length: n }, (_, i) => `member-${String(i).padStart(2, '0')}`)
const reading = (n: number, ...topics: string[]): LiveMember[] =>
  names(n).map((member) => ({ member, topics }))
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const totalOf = (member: string, live: readonly LiveMember[], partitions: number) =>
  sum(sharesOf(member, live, partitions).map(({ quota }) => quota))

/** The same draws in every run. */
function draws(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}
const all = ['a', 'b', 'c', 'd', 'e']

describe('assignment of partitions', () => {
  test('shares all partitions among live members, none idle while there are enough', () => {
    for (let topics = 1; topics <= 7; topics++)
      for (let partitions = 1; partitions <= 8; partitions++)
        for (let n = 1; n <= 12; n++) {
          const live = reading(n, ...Array.from({ length: topics }, (_, i) => `topic-${i}`)).reverse()
          const totals = names(n).map((member) => totalOf(member, live, partitions))
          expect(sum(totals)).toBe(topics * partitions)
          const units = topics * partitions
          expect(totals).toEqual(names(n).map((_, k) => Math.floor(units / n) + (k < units % n ? 1 : 0)))
        }
  })

  test('gives nothing to a member whose heartbeat has run out', () => {
    expect(sharesOf('member-99', reading(3, 'a'), 8)).toEqual([{ topics: ['a'], quota: 0 }])
  })

  test('assigns every partition of every topic that is read to one of its readers, whatever each member reads', () => {
    const draw = draws(1)
    for (let round = 0; round < 500; round++) {
      const live = names(1 + draw(6)).map((member) => {
        const topics = all.filter(() => draw(2) === 0)
        return draw(8) === 0 ? { member } : { member, topics }
      })
      const partitions = 1 + draw(9)
      const shares = live.map(({ member }) =>
        sharesOf(
          member,
          live.toSorted(() => draw(3) - 1),
          partitions,
        ),
      )
      const read = new Set(live.flatMap(({ topics = [] }) => topics))
      expect(shares[0]?.flatMap(({ topics }) => topics).toSorted()).toEqual([...read].toSorted())
      for (const [k, { topics }] of shares[0]?.entries() ?? []) {
        expect(sum(shares.map((own) => own[k]?.quota ?? 0))).toBe(topics.length * partitions)
        for (const [m, own] of shares.entries())
          if (own[k]?.quota) expect(live[m]?.topics ?? topics).toEqual(expect.arrayContaining([...topics]))
      }
    }
  })

  test('is as even as a deploy that adds topics allows: who reads more takes less of what all read', () => {
    for (let partitions = 1; partitions <= 9; partitions++)
      for (let former = 1; former <= 5; former++)
        for (let next = 1; next <= 5; next++) {
          const live = names(former + next).map((member, k) => ({
            member,
            topics: k < former ? ['a', 'b'] : ['a', 'b', 'c'],
          }))
          const totals = live.map(({ member }) => totalOf(member, live, partitions))
          const [old, young] = [totals.slice(0, former), totals.slice(former)]
          expect(Math.max(...old) - Math.min(...old)).toBeLessThanOrEqual(1)
          expect(Math.max(...young) - Math.min(...young)).toBeLessThanOrEqual(1)
          // Beyond what the others take, a newcomer has only what nobody else can read.
          const excess = Math.max(...young) - Math.min(...old)
          if (excess > 1) expect(Math.max(...young)).toBe(Math.ceil(partitions / next))
          expect(Math.max(...old) - Math.min(...young)).toBeLessThanOrEqual(1)
        }
  })

  test('counts a member that does not tell its topics as reading all of them', () => {
    const live = [{ member: 'former' }, ...reading(1, 'a', 'b')]
    expect(totalOf('former', live, 4)).toBe(4)
    expect(disputedTopics(live)).toEqual([])
    expect(disputedTopics([...live, { member: 'other', topics: ['b', 'c'] }])).toEqual(['a', 'c'])
  })
})
