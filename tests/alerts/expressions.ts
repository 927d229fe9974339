// Every PromQL expression that the chart ships, and where it stands.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../root.ts'

const chart = join(root, 'charts/ordershop')

/** An alert as its rule file has it. */
export type AlertRule = {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: {
    readonly summary: string
    readonly description: string
    readonly runbook_url: string
  }
}
export type RuleFile = {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[]
}

type Target = { readonly refId: string; readonly expr: string; readonly legendFormat: string }
type Panel = {
  readonly type: string
  readonly title: string
  readonly description: string
  readonly targets?: readonly Target[]
}
type Variable = { readonly type: string; readonly name: string; readonly query: { readonly query: string } }
export type Dashboard = {
  readonly title: string
  readonly templating: { readonly list: readonly Variable[] }
  readonly panels: readonly Panel[]
}

const filesIn = (folder: string, ending: string) =>
  readdirSync(join(chart, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(chart, folder, name))

export const ruleFiles = filesIn('rules', '.yaml')
export const ruleTestFiles = filesIn('rules/tests', '.test.yaml')

export function readRules(file: string): RuleFile {
  return parse(readFileSync(file, 'utf8'))
}

export function alertRules(): readonly AlertRule[] {
  return ruleFiles.flatMap((file) => readRules(file).groups.flatMap(({ rules }) => rules))
}

export function dashboards(): readonly Dashboard[] {
  return filesIn('dashboards', '.json').map((file) => JSON.parse(readFileSync(file, 'utf8')))
}

/** A query of a panel; its variables are not filled in. */
export type PanelQuery = { readonly where: string; readonly expr: string; readonly legend: string }

export function panelQueries({ title: dashboard, panels }: Dashboard): readonly PanelQuery[] {
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => ({
      where: `${dashboard}, ${title}`,
      expr,
      legend: legendFormat,
    })),
  )
}

/** What a dashboard's variables ask for: the series and the label whose values they offer. */
export function labelVariables({
  templating,
}: Dashboard): readonly { name: string; series: string; label: string }[] {
  return templating.list.flatMap(({ type, name, query }) => {
    if (type !== 'query') return []
    const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(query.query) ?? []
    if (!series || !label)
      throw new Error(`variable ${name}: expected label_values(series, label), got ${query.query}`)
    return [{ name, series, label }]
  })
}
