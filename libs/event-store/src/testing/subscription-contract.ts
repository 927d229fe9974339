import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import type { Recorded } from '../event.ts'
import type { Subscription } from '../groups/subscription.ts'
import { blockFor, type LedgerEvent, movement } from './ledger.ts'
import type { TestedStore } from './tested-store.ts'

type Moved = Recorded<Extract<LedgerEvent, { type: 'moved' }>>

// Short times: the tests wait for what these bound.
const quick = {
  leaseMs: 600,
  beatMs: 50,
  retry: { baseMs: 1, maxMs: 5 },
  pause: { baseMs: 5, maxMs: 20 },
  attempts: 3,
}

/** Delivery, order, scaling and failure of subscriptions. */
export function subscriptionContract(store: TestedStore): void {
  const subscribe = (more: Partial<Subscription<LedgerEvent>>) =>
    store().subscribe({ group: 'group', topics: ['account'], ...quick, ...more })

  describe('subscriptions', () => {
    test('handle every event there is and every one that comes, in order of each key', async () => {
      for (let i = 0; i < 60; i++) await store().append(movement(`a-${i % 6}`, i))
      const seen: Moved[] = []
      subscribe({ on: { moved: (event) => void seen.push(event) } })
      await eventually(() => seen.length === 60)
      for (let i = 60; i < 120; i++) await store().append(movement(`a-${i % 6}`, i))
      await eventually(() => seen.length === 120)
      for (let k = 0; k < 6; k++)
        expect(seen.filter(({ key }) => key === `a-${k}`).map(({ version }) => version)).toEqual(
          Array.from({ length: 20 }, (_, v) => v + 1),
        )
    })

    test('handle one key one event at a time, and different keys side by side', async () => {
      const running = new Map<string, number>()
      let together = 0
      let overlaps = 0
      let handled = 0
      for (let i = 0; i < 30; i++) await store().append(movement(`a-${i % 3}`, i, { key: `k-${i % 3}` }))
      subscribe({
        on: {
          moved: async ({ key }) => {
            running.set(key, (running.get(key) ?? 0) + 1)
            if ((running.get(key) ?? 0) > 1) overlaps++
            together = Math.max(together, [...running.values()].filter((n) => n > 0).length)
            await new Promise((resolve) => setTimeout(resolve, 2))
            running.set(key, (running.get(key) ?? 0) - 1)
            handled++
          },
        },
      })
      await eventually(() => handled === 30)
      expect(overlaps).toBe(0)
      expect(together).toBeGreaterThan(1)
    })

    test.each([1, 5])('handle all of a partition with at most %d events of it in hand', async (maxInHand) => {
      for (let i = 0; i < 40; i++) await store().append(movement(`a-${i}`, i, { key: 'k' }))
      const seen: number[] = []
      subscribe({ maxInHand, on: { moved: ({ data }) => void seen.push(data.cents) } })
      await eventually(() => seen.length === 40)
      expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i))
    })

    test('give the waiting events of a key as one batch', async () => {
      for (let i = 0; i < 40; i++) await store().append(movement('a', i))
      const batches: number[][] = []
      subscribe({ onBatch: { moved: (events) => void batches.push(events.map(({ version }) => version)) } })
      await eventually(() => batches.flat().length === 40)
      expect(batches.flat()).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
      expect(batches.length).toBeLessThan(40)
    })

    test('continue where the group stopped, without a gap and without a repeat', async () => {
      const seen: number[] = []
      const first = subscribe({ on: { moved: ({ data }) => void seen.push(data.cents) } })
      for (let i = 0; i < 20; i++) await store().append(movement('a', i))
      await eventually(() => seen.length === 20)
      await first.stop()
      for (let i = 20; i < 40; i++) await store().append(movement('a', i))
      subscribe({ on: { moved: ({ data }) => void seen.push(data.cents) } })
      await eventually(() => seen.length >= 40)
      expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i))
    })

    test('of different groups each see every event', async () => {
      const seen = { one: 0, two: 0 }
      subscribe({ group: 'one', on: { moved: () => void seen.one++ } })
      subscribe({ group: 'two', on: { moved: () => void seen.two++ } })
      for (let i = 0; i < 10; i++) await store().append(movement(`a-${i}`, i))
      await eventually(() => seen.one === 10 && seen.two === 10)
    })

    test('share partitions evenly among members, and keep order while members join and leave', async () => {
      const seen: string[] = []
      const on = { moved: ({ key, version }: Moved) => void seen.push(`${key}/${version}`) }
      const appending = (async () => {
        for (let i = 0; i < 400; i++) await store().append(movement(`a-${i % 20}`, i))
      })()
      const one = subscribe({ on })
      const two = subscribe({ on })
      await eventually(() => one.owned().length === 2 && two.owned().length === 2)
      const three = subscribe({ on })
      await eventually(() => [one, two, three].every((member) => member.owned().length >= 1))
      await one.stop()
      await eventually(() => two.owned().length === 2 && three.owned().length === 2)
      await appending
      await eventually(() => new Set(seen).size === 400)
      for (let k = 0; k < 20; k++) {
        const versions = seen
          .filter((entry) => entry.startsWith(`a-${k}/`))
          .map((entry) => Number(entry.split('/')[1]))
        expect(versions).toEqual(Array.from({ length: 20 }, (_, v) => v + 1))
      }
    })

    test('read every topic while members of one group disagree about topics, as in a deploy that adds one', async () => {
      const seen: string[] = []
      const note = (event: Recorded<LedgerEvent>) =>
        void seen.push(`${event.topic}/${event.key}/${event.version}`)
      const on = { moved: note, noted: note }
      const [one, two] = [subscribe({ on }), subscribe({ on })]
      await eventually(() => expect([one.owned().length, two.owned().length]).toEqual([2, 2]))
      const before = [...one.owned(), ...two.owned()].toSorted()
      const next = subscribe({ on, topics: ['account', 'note'] })
      const owned = () => [one, two, next].flatMap((member) => member.owned())
      await eventually(() => expect(new Set(owned()).size).toBe(8))
      const text: LedgerEvent[] = [{ type: 'noted', data: { text: 'x' } }]
      for (let i = 0; i < 80; i++) {
        await store().append(movement(`a-${i % 8}`, i))
        await store().append(movement(`a-${i % 8}`, i, { topic: 'note', events: text }))
      }
      await eventually(() => expect(new Set(seen).size).toBe(160))
      // Nobody but the newcomer has moved: it has its fair share without what the others read.
      expect([...one.owned(), ...two.owned()].toSorted()).toEqual(before)
      await Promise.all([one.stop(), two.stop()])
      await eventually(() => expect(next.owned()).toHaveLength(8))
      for (const key of new Set(seen.map((entry) => entry.slice(0, entry.lastIndexOf('/')))))
        expect(
          seen.filter((entry) => entry.startsWith(`${key}/`)).map((entry) => Number(entry.split('/')[2])),
        ).toEqual(Array.from({ length: 10 }, (_, v) => v + 1)) // each once, in order: nobody has crashed
    })

    test('retry a handler that fails temporarily, and lose nothing', async () => {
      let failures = 2
      const seen: number[] = []
      subscribe({
        on: {
          moved: ({ data }) => {
            if (data.cents === 3 && failures-- > 0) throw new Error('in passing')
            seen.push(data.cents)
          },
        },
      })
      for (let i = 0; i < 6; i++) await store().append(movement('a', i))
      await eventually(() => seen.length === 6)
      expect(seen).toEqual([0, 1, 2, 3, 4, 5])
    })

    test('wait as long as something is unavailable, and never park for it', async () => {
      let attempts = 0
      const seen: number[] = []
      subscribe({
        on: {
          moved: ({ data }) => {
            if (attempts++ < 12) throw new AppError('unavailable', 'SMTP is away')
            seen.push(data.cents)
          },
        },
      })
      for (let i = 0; i < 3; i++) await store().append(movement('a', i))
      await eventually(() => seen.length === 3)
      expect(seen).toEqual([0, 1, 2])
      expect(attempts).toBeGreaterThan(quick.attempts + 3)
    })

    test('stop at once while something is unavailable, and leave waiting events to the next member', async () => {
      let away = true
      const seen: number[] = []
      const on = {
        moved: ({ data }: Moved) => {
          if (away && data.cents > 0) throw new AppError('unavailable', 'SMTP is away')
          seen.push(data.cents)
        },
      }
      const forAges = { pause: { baseMs: 600_000, maxMs: 600_000 }, stopMs: 600_000 }
      const first = subscribe({ on, ...forAges })
      for (let i = 0; i < 5; i++) await store().append(movement('a', i))
      await eventually(() => seen.length === 1)
      await first.stop()
      away = false
      subscribe({ on })
      await eventually(() => seen.length >= 5)
      expect(seen).toEqual([0, 1, 2, 3, 4])
    })

    test('park only the key of a poison event: others continue, and its later events wait behind it', async () => {
      const seen: string[] = []
      subscribe({
        on: {
          moved: ({ key, data }) => {
            if (key === 'bad' && data.cents === 1) throw new Error('poison')
            seen.push(`${key}/${data.cents}`)
          },
        },
      })
      for (let i = 0; i < 4; i++) {
        await store().append(movement('bad', i, { key: 'bad' }))
        await store().append(movement('good', i, { key: 'good' }))
      }
      await eventually(() => seen.filter((entry) => entry.startsWith('good')).length === 4)
      await store().append(movement('good', 4, { key: 'good' }))
      await eventually(() => seen.includes('good/4'))
      expect(seen.filter((entry) => entry.startsWith('bad'))).toEqual(['bad/0'])
    })

    test('find the culprit in a failing batch: what comes before it is handled', async () => {
      const seen: number[] = []
      for (let i = 0; i < 8; i++) await store().append(movement('a', i))
      subscribe({
        onBatch: {
          moved: (events) => {
            if (events.some(({ data }) => data.cents === 5)) throw new Error('poison')
            seen.push(...events.map(({ data }) => data.cents))
          },
        },
      })
      await eventually(() => seen.length === 5)
      expect(seen).toEqual([0, 1, 2, 3, 4])
    })

    test('give a handler the ids of what it causes, so that a second delivery repeats it', async () => {
      subscribe({
        on: {
          moved: async (event, context) => {
            const cause = context.caused(event, 'note')
            await store().append({
              topic: 'note',
              entityId: event.event_id,
              expected: 'any',
              events: [{ type: 'noted', data: { text: 'x' } }],
              ...cause,
            })
            await store().append({
              topic: 'note',
              entityId: event.event_id,
              expected: 'any',
              events: [{ type: 'noted', data: { text: 'x' } }],
              ...cause,
            })
            expect(context.leaseLeftMs()).toBeGreaterThan(0)
          },
        },
      })
      await store().append(movement('a', 1, { correlationId: 'corr' }))
      const [cause] = await store().readEntity({ topic: 'account', entityId: 'a' })
      const notes = await eventually(async () => {
        const found = await store().readEntity({ topic: 'note', entityId: cause?.event_id as string })
        expect(found.length).toBeGreaterThan(0)
        return found
      })
      expect(notes).toHaveLength(1)
      expect(notes[0]).toMatchObject({ correlation_id: 'corr', causation_id: cause?.event_id })
    })

    test('tell a waiting handler that its member is leaving, and let the next owner do what it had not started', async () => {
      let waiting = 0
      const seen: number[] = []
      const leaver = subscribe({
        on: {
          moved: async (_event, { leaving }) => {
            waiting++
            await new Promise((resolve) => leaving.addEventListener('abort', resolve))
            throw new AppError('unavailable', 'its turn has not come')
          },
        },
      })
      for (let i = 0; i < 5; i++) await store().append(movement(`a-${i}`, i))
      await eventually(() => waiting === 5)
      await leaver.stop()
      subscribe({ on: { moved: ({ data }) => void seen.push(data.cents) } })
      await eventually(() => seen.length === 5)
      expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4])
    })

    test('begin no event on a lease that ran out while the event loop was busy, and lose none for it', async () => {
      for (let i = 0; i < 12; i++) await store().append(movement(`a-${i % 3}`, i, { key: `k-${i % 3}` }))
      const seen = new Set<number>()
      const begunWithout: number[] = []
      let busy = true
      subscribe({
        on: {
          moved: ({ data }, { leaseLeftMs }) => {
            if (leaseLeftMs() === 0) begunWithout.push(data.cents)
            seen.add(data.cents)
            if (busy) blockFor(quick.leaseMs + 50)
            busy = false
          },
        },
      })
      await eventually(() => seen.size === 12)
      expect(begunWithout).toEqual([])
    })

    test('refuse a topic that is not in the catalog', () => {
      expect(() => subscribe({ topics: ['acount'] })).toThrow(
        /topic is 'acount', expected one of account, note/,
      )
    })
  })
}
