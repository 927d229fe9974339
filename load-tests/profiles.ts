// How hard and how long: `PROFILE` names one of each test's.

/** Writes a second, of all kinds together, and what they may take, in milliseconds. */
export const writeProfiles = {
  /** With every change: long enough to see that all of it works. */
  short: { perSecond: 40, duration: '15s', p95: 1_000, p99: 3_000 },
  /** A shop on the machine that the load comes from. */
  laptop: { perSecond: 200, duration: '1m', p95: 150, p99: 500 },
  /** Some gateways and three of each service. */
  cluster: { perSecond: 2_000, duration: '5m', p95: 100, p99: 250 },
} as const

/** Steps of orders a second; the knee is the last that holds `p95` (milliseconds). */
export const kneeProfiles = {
  short: { steps: [20, 40], secondsEach: 5, p95: 1_000 },
  laptop: { steps: [50, 100, 150, 200, 300, 400, 600, 800], secondsEach: 15, p95: 100 },
  cluster: { steps: [500, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000], secondsEach: 60, p95: 100 },
} as const

/** Orders a second that the shop bears, how many times that is the storm, and how long each phase lasts. */
export const stormProfiles = {
  short: { knee: 20, times: 5, seconds: { before: 5, storm: 5, settling: 5, after: 5 } },
  laptop: { knee: 100, times: 5, seconds: { before: 15, storm: 60, settling: 10, after: 15 } },
  cluster: { knee: 1_000, times: 5, seconds: { before: 60, storm: 60, settling: 10, after: 60 } },
} as const

/** Customers to fold at least, and the events a second that a rebuild must reach. */
export const replayProfiles = {
  short: { customers: 2_000, eventsPerSecond: 500 },
  laptop: { customers: 50_000, eventsPerSecond: 5_000 },
  cluster: { customers: 1_000_000, eventsPerSecond: 10_000 },
} as const

/** Orders a second that are followed to their mails, and how long the whole way may take (milliseconds). */
export const journeyProfiles = {
  short: { perSecond: 2, duration: '10s', p95: 5_000 },
  laptop: { perSecond: 10, duration: '1m', p95: 1_000 },
  cluster: { perSecond: 50, duration: '5m', p95: 1_000 },
} as const

/** Orders and reads a second for a long time. */
export const soakProfiles = {
  short: { orders: 10, reads: 30, duration: '15s', p99: 3_000 },
  laptop: { orders: 30, reads: 100, duration: '30m', p99: 500 },
  cluster: { orders: 300, reads: 1_000, duration: '8h', p99: 250 },
} as const

/** The profile that `PROFILE` names; default `laptop`. @throws on another name, with those there are. */
export function chosen<T>(profiles: { readonly [name: string]: T }): T {
  const name = __ENV.PROFILE ?? 'laptop'
  const found = Object.entries(profiles).find(([known]) => known === name)
  if (found) return found[1]
  throw new Error(`PROFILE=${name}: expected one of ${Object.keys(profiles).join(', ')}`)
}
