// Members of a group beside each other: each has one thing that a handler needs for 5 ms, as a connection to a mail server.
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { startRedis } from '@ordershop/event-store/testing'
import { measure, type Result, scaled } from './measure.ts'
import * as ours from './ours.ts'
import { thing } from './things.ts'

const handlerMs = 5
/** Long enough that something is handled, however short the run. */
const windowMs = Math.max(200, scaled(2_000))

export async function scaleSuite(): Promise<Result[]> {
  const server = await startRedis('--appendfsync', 'everysec')
  const writer = await ours.openStore(server, 'memory')
  await ours.appendMany(writer, 'thing', 10_000, 512, () => thing(256))
  const members = async (count: number): Promise<number> => {
    const group = newId()
    let handled = 0
    const stores = await Promise.all(Array.from({ length: count }, () => ours.openStore(server, 'memory')))
    const running = stores.map((store) => {
      const alone = oneAtATime()
      const handle = () => alone(() => wait(handlerMs).then(() => void handled++))
      // As few in hand as one may have: a member that stops would finish them all first.
      return store.subscribe({ group, topics: ['thing'], maxInHand: 4, on: { thing_happened: handle } })
    })
    const shares = () => running.map((member) => member.owned().length)
    await eventually(() => shares().every((owned) => owned === writer.partitions / count), {
      withinMs: 30_000,
    })
    const before = handled
    const started = performance.now()
    await wait(windowMs)
    const perSecond = (handled - before) / ((performance.now() - started) / 1_000)
    await Promise.all(stores.map((store) => store.close()))
    return perSecond
  }
  const result = await measure('scale', {
    name: `members of a group, each handling one event at a time for ${handlerMs} ms`,
    unit: 'events/s',
    contenders: [
      { name: '4 members', run: () => members(4) },
      { name: '2 members', run: () => members(2) },
      { name: '1 member', run: () => members(1) },
    ],
    atLeast: { '1 member': 3.5 },
  })
  await writer.close()
  await server.stop()
  return [result]
}

function oneAtATime(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    last = last.then(work)
    return last
  }
}
