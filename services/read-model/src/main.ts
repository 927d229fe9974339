import { projections } from '@ordershop/contracts'
import { runService } from '@ordershop/shop'
import { project } from './projection.ts'

await runService({
  name: 'read-model',
  env: process.env,
  start: () => ({ projection: { topics: projections['read-model'], project } }),
})
