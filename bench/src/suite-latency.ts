// From just before an event is sent to its handler, at half of the load at which each is busy.

import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { Redis } from 'ioredis'
import { bullmq } from './bullmq.ts'
import { atRate, during } from './load.ts'
import { progress, type Result, rounds, scaled } from './measure.ts'
import * as ours from './ours.ts'
import { quantile } from './quantile.ts'
import * as raw from './raw.ts'
import { thing } from './things.ts'

/** What sends and what receives, both running, on an empty Redis. */
type Pair = {
  send(): Promise<unknown>
  /** Starts to receive; told is when the event was sent. */
  receive(arrived: (data: { at: number }) => void): Promise<() => Promise<void>>
}

/** Long enough that something arrives, however short the run. */
const sendMs = Math.max(400, scaled(2_000))
type Open = () => Pair | Promise<Pair>

const quantiles = [
  ['p50', 0.5],
  ['p99', 0.99],
  ['max', 1],
] as const

export async function latencySuite(): Promise<Result[]> {
  const server = await startRedis('--appendfsync', 'everysec')
  const pairs = { ours: oursOn(server), raw: rawOn(server), BullMQ: bullmqOn(server) }
  const found = new Map<string, { rate: number; taken: number[] }>()
  for (const [name, open] of Object.entries(pairs)) {
    progress(`latency: ${name}: how much it takes at most`)
    found.set(name, { rate: Math.ceil((await most(server, open)) / 2), taken: [] })
  }
  for (let round = 0; round <= rounds; round++)
    for (const [name, open] of Object.entries(pairs)) {
      const { rate, taken } = found.get(name) as { rate: number; taken: number[] }
      progress(`latency: ${name} at ${rate}/s, round ${round} of ${rounds}`)
      const times = await latencies(server, open, rate)
      if (round > 0) taken.push(...times)
    }
  await server.stop()
  return quantiles.map(([name, share]) => ({
    suite: 'latency',
    name: `everysec, 256 B, sent to handled at half load (${[...found].map(([who, { rate }]) => `${who} ${rate}/s`).join(', ')}), ${name}`,
    unit: 'ms',
    rounds,
    figures: [...found].map(([who, { taken }]) => ({ name: who, median: quantile(taken, share) })),
  }))
}

/** Opens a pair on an empty Redis; it is ready when something has come all the way. */
async function started(server: RedisServer, open: Open, arrived: (data: { at: number }) => void) {
  await server.client.flushall()
  const pair = await open()
  let count = 0
  const stop = await pair.receive((data) => {
    count++
    arrived(data)
  })
  const throughOnce = async () => {
    await pair.send()
    return count > 0
  }
  await eventually(throughOnce, { withinMs: 30_000, everyMs: 20 })
  return { pair, stop }
}

/** How many a second go all the way: sent with 64 under way all the time, until the last is handled. */
async function most(server: RedisServer, open: Open): Promise<number> {
  let [sent, handled] = [0, 0]
  const { pair, stop } = await started(server, open, () => void handled++)
  handled = 0
  const begun = performance.now()
  await during(sendMs, 64, () => {
    sent++
    return pair.send()
  })
  await eventually(() => handled >= sent, { withinMs: 60_000, everyMs: 5 })
  const perSecond = sent / ((performance.now() - begun) / 1_000)
  await stop()
  return perSecond
}

async function latencies(server: RedisServer, open: Open, rate: number): Promise<number[]> {
  const taken: number[] = []
  const { pair, stop } = await started(server, open, ({ at }) => {
    taken.push(performance.timeOrigin + performance.now() - at)
  })
  // A member that has just begun is not at its usual pace yet.
  await atRate(rate, sendMs / 4, () => pair.send())
  taken.length = 0
  const sent = await atRate(rate, sendMs, () => pair.send())
  await eventually(() => taken.length >= sent, { withinMs: 30_000 })
  await stop()
  return taken
}

function oursOn(server: RedisServer): () => Promise<Pair> {
  return async () => {
    const store = await ours.openStore(server, 'memory')
    return {
      send: () => ours.appendNew(store, 'thing', [thing(256)]),
      async receive(arrived) {
        const member = store.subscribe({
          group: newId(),
          topics: ['thing'],
          on: { thing_happened: ({ data }) => arrived(data) },
        })
        await eventually(() => member.owned().length === store.partitions)
        return () => store.close()
      },
    }
  }
}

function rawOn(server: RedisServer): () => Pair {
  return () => {
    const redis = new Redis(server.url)
    return {
      send: () => raw.addOne(redis, thing(256)),
      async receive(arrived) {
        const ending = new AbortController()
        const following = raw.follow(server.url, ending.signal, arrived)
        return async () => {
          ending.abort()
          await following
          redis.disconnect()
        }
      },
    }
  }
}

function bullmqOn(server: RedisServer): () => Pair {
  return () => {
    const jobs = bullmq(server.port)
    return {
      send: () => jobs.addOne(thing(256)),
      async receive(arrived) {
        const ending = new AbortController()
        const following = jobs.follow(ending.signal, arrived)
        return async () => {
          ending.abort()
          await following
          await jobs.close()
        }
      },
    }
  }
}
