// `pnpm chart-golden`: accepts what the chart renders now, for the diff of a commit to show.
import { join } from 'node:path'
import { chart, goldenWays, renderGoldens } from './chart.ts'

renderGoldens(join(chart, 'golden'))
console.log(`chart: ${goldenWays.length} renderings written to charts/ordershop/golden`)
