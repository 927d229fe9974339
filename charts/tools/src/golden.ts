// `pnpm chart-golden`: accepts what the chart renders now, for the diff of a commit to show.
import { join } from 'node:path'
import { chart, renderInto, ways } from './chart.ts'

renderInto(join(chart, 'golden'))
console.log(`chart: ${ways.length} renderings written to charts/ordershop/golden`)
