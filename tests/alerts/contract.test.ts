// Ties dashboards, alert rules and autoscaling to what the running shop exports.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../root.ts'
import { alertRules, type Dashboard, dashboards, labelVariables, panelQueries } from './expressions.ts'
import { observedShop, targetLabels } from './observed-shop.ts'
import type { Prometheus } from './prometheus.ts'
import { usesOf } from './promql.ts'

const { processes, kubernetes, bare } = await observedShop()

test('every metric and label that dashboards and alerts name is in the /metrics of a process that runs', async () => {
  const shipped = [
    ...dashboards().flatMap(expressionsOf),
    ...alertRules().map(({ alert, expr }) => [alert, expr]),
  ]
  const exported = new Map<string, readonly string[]>()
  const missing: string[] = []
  for (const [where = '', expr = ''] of shipped)
    for (const { metric, labels } of usesOf(expr)) {
      const known =
        exported.get(metric) ?? (await bare.series(metric)).flatMap((series) => Object.keys(series))
      exported.set(metric, known)
      const absent = labels.filter((label) => !known.includes(label) && !targetLabels.includes(label))
      if (known.length === 0) missing.push(`${where}: no process exports ${metric}`)
      else if (absent.length > 0) missing.push(`${where}: ${metric} has no label ${absent}`)
    }
  expect(missing).toEqual([])
  console.log(`${shipped.length} expressions name ${exported.size} metrics; all of them are exported`)
})

describe.each([
  { scraped: 'with the labels of Kubernetes', prometheus: kubernetes },
  { scraped: 'with no label but job and instance', prometheus: bare },
])('scraped $scraped', ({ scraped, prometheus }) => {
  test.each(dashboards())('every panel of $title has data', async (dashboard) => {
    const filled = await withAllChosen(prometheus, dashboard)
    const queries = panelQueries(dashboard)
    for (const { where, expr, legend } of queries) {
      const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label)
      const given = prometheus === bare ? named.filter((label) => !targetLabels.includes(label)) : named
      const look = async () => {
        const samples = await prometheus.query(filled(expr))
        const shown = samples.filter(({ value }) => !Number.isNaN(value))
        expect(shown.length, `${where}: ${filled(expr)}`).toBeGreaterThan(0)
        for (const { metric } of shown)
          expect(Object.keys(metric), where).toEqual(expect.arrayContaining(given))
      }
      await eventually(look, { withinMs: 20_000, everyMs: 200 })
    }
    console.log(`${dashboard.title}, scraped ${scraped}: ${queries.length} queries, all with data`)
  })
})

test('the lag that KEDA scales a service by is what the monitor answers', async () => {
  const template = readFileSync(join(root, 'charts/ordershop/templates/_resources.tpl'), 'utf8')
  const [, path = ''] = /url: http:\/\/[^\n]*\}\}(\/\S*?)\{\{ \.workload\.group \}\}/.exec(template) ?? []
  const [, field = ''] = /valueLocation: (\w+)/.exec(template) ?? []
  const { services } = parse(readFileSync(join(root, 'charts/ordershop/values.yaml'), 'utf8'))
  const groups = Object.values<{ group?: string }>(services).flatMap(({ group }) => group ?? [])
  expect(groups).toContain('read-model')
  const monitor = processes.find(({ service }) => service === 'monitor')
  for (const group of groups) {
    const response = await fetch(`http://${monitor?.address}${path}${group}`)
    const answer = (await response.json()) as Record<string, unknown>
    expect([response.status, typeof answer[field]], `${path}${group}`).toEqual([200, 'number'])
  }
})

/** Where it stands, and what it asks for; variables stand for anything. */
function expressionsOf(dashboard: Dashboard): string[][] {
  const variables = labelVariables(dashboard).map(({ name, series, label }) => [
    `${dashboard.title}, variable ${name}`,
    `count by (${label}) (${filledIn(series)})`,
  ])
  return [...panelQueries(dashboard).map(({ where, expr }) => [where, filledIn(expr)]), ...variables]
}

/** Fills a dashboard's expressions in as Grafana does when All is chosen everywhere. */
async function withAllChosen(
  prometheus: Prometheus,
  dashboard: Dashboard,
): Promise<(expr: string) => string> {
  const chosen = new Map<string, string>()
  for (const { name, series, label } of labelVariables(dashboard)) {
    const values = await prometheus.labelValues(label, filledIn(series, chosen))
    chosen.set(name, values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`)
  }
  return (expr) => filledIn(expr, chosen)
}

function filledIn(expr: string, chosen: ReadonlyMap<string, string> = new Map()): string {
  return expr.replaceAll(/\$(\w+)/g, (_, name: string) =>
    // Ten scrapes stand for Grafana's intervals.
    name.startsWith('__') ? '10s' : (chosen.get(name) ?? '.*'),
  )
}
