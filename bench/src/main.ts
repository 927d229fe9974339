// `pnpm bench [SUITE…]`: everything, or the named suites. Only a whole run is kept, in bench/results.json and docs/performance.md.
import { progress, type Result, rounds, scale } from './measure.ts'
import { save } from './results.ts'
import { appendSuite } from './suite-append.ts'
import { archiveSuite } from './suite-archive.ts'
import { callersSuite } from './suite-callers.ts'
import { consumeSuite } from './suite-consume.ts'
import { growthSuite } from './suite-growth.ts'
import { httpSuite } from './suite-http.ts'
import { latencySuite } from './suite-latency.ts'
import { orderGrowthSuite } from './suite-order-growth.ts'
import { ordersSuite } from './suite-orders.ts'
import { replaySuite } from './suite-replay.ts'
import { scaleSuite } from './suite-scale.ts'
import { trimmedSuite } from './suite-trimmed.ts'
import { tables } from './tables.ts'

const suites: Record<string, () => Promise<Result[]>> = {
  append: appendSuite,
  consume: consumeSuite,
  replay: replaySuite,
  archive: archiveSuite,
  trimmed: trimmedSuite,
  latency: latencySuite,
  scale: scaleSuite,
  http: httpSuite,
  callers: callersSuite,
  orders: ordersSuite,
  growth: growthSuite,
  'order-growth': orderGrowthSuite,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in suites))
if (unknown.length > 0) {
  console.error(`found no suite ${unknown.join(', ')}, expected some of: ${Object.keys(suites).join(', ')}`)
  process.exit(2)
}

const results: Result[] = []
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const found = await suite()
  progress('')
  console.log(tables(found))
  results.push(...found)
}
if (wanted.length === 0 && scale === 1 && rounds >= 5) save(results)
