// `pnpm dashboards`: writes the dashboards into the chart.
import { writeFileSync } from 'node:fs'
import { dashboardFiles } from './dashboards.ts'

for (const { path, json } of dashboardFiles) writeFileSync(path, json)
