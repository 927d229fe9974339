import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { dashboardFiles } from './dashboards.ts'

const [first] = dashboardFiles
const folder = dirname(first?.path ?? '')

test.each(dashboardFiles)(
  'the chart has the dashboard that the source describes: $path',
  ({ path, json }) => {
    expect(readFileSync(path, 'utf8'), '`pnpm dashboards` writes it').toBe(json)
  },
)

test('the chart has no dashboard without a source', () => {
  expect(readdirSync(folder)).toEqual(dashboardFiles.map(({ path }) => path.slice(folder.length + 1)).sort())
})
