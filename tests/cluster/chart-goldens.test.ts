import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  chart,
  goldenOf,
  goldenWays,
  helm,
  renderGoldens,
  valuesOf,
  ways,
} from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { root } from '../root.ts'

const rendered = join(root, '.test/chart')

test.each(ways)('helm lint finds nothing to say of the way %s', (way) => {
  const { failed, stdout, stderr } = helm('lint', '--strict', chart, '--values', valuesOf(way))
  expect(failed, stdout + stderr).toBe(false)
})

test('the chart renders its golden files', () => {
  renderGoldens(rendered)
  const differences = goldenWays.map((way) => {
    const { stdout, stderr } = spawnSync('diff', ['-u', goldenOf(way), join(rendered, `${way}.yaml`)], {
      encoding: 'utf8',
    })
    return stdout + stderr
  })
  const message = `The chart renders something else. To accept it: pnpm chart-golden\n${differences.join('')}`
  if (differences.some((difference) => difference !== '')) throw new Error(message)
})

test('there is no golden file without a rendering', () => {
  const goldens = globSync('golden/*', { cwd: chart }).map((file) => basename(file, '.yaml'))
  expect(goldens.sort()).toEqual([...goldenWays])
})
