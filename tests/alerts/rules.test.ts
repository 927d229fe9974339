import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../root.ts'
import { alertRules, ruleFiles, ruleTestFiles } from './expressions.ts'
import { promtool } from './prometheus.ts'

type AlertTest = { readonly alertname: string; readonly exp_alerts: readonly unknown[] }
type RuleTests = { readonly tests: readonly { readonly alert_rule_test: readonly AlertTest[] }[] }

const rules = alertRules()
const runbooks = join(root, 'docs/runbooks')
const run = promisify(execFile)

test('Prometheus accepts every rule file', async () => {
  const { stdout } = await run(promtool(), ['check', 'rules', ...ruleFiles])
  expect(stdout.match(/\d+ rules found/g)).toHaveLength(ruleFiles.length)
})

test('every alert fires and resolves as its tests say', async () => {
  await run(promtool(), ['test', 'rules', ...ruleTestFiles]).catch(({ stdout, stderr }) => {
    throw new Error(stdout + stderr)
  })
})

test('no alert is without a test in which it fires and, later, is silent again', () => {
  const stories = ruleTestFiles.flatMap((file) => (parse(readFileSync(file, 'utf8')) as RuleTests).tests)
  const resolving = stories.flatMap(({ alert_rule_test: looks }) => {
    const firing = looks.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname)
    return firing.filter(
      (name) => looks.findLast(({ alertname }) => alertname === name)?.exp_alerts.length === 0,
    )
  })
  expect([...new Set(resolving)].sort()).toEqual(rules.map(({ alert }) => alert).sort())
})

test.each(rules)('$alert says what is wrong, how bad it is, and links a runbook', (rule) => {
  expect(['critical', 'warning', 'info']).toContain(rule.labels.severity)
  expect(rule.annotations.summary).toMatch(/\.$/)
  expect(rule.annotations.description).toMatch(/\{\{ \$(value|labels)|lag/)
  const runbook = readFileSync(join(root, rule.annotations.runbook_url), 'utf8')
  expect(runbook).toMatch(new RegExp(`^# ${rule.alert}\n`))
  for (const heading of ['Symptoms', 'Check', 'Fix']) expect(runbook).toContain(`\n## ${heading}\n`)
})

test('no runbook is without an alert', () => {
  const linked = rules.map(({ annotations }) => basename(annotations.runbook_url))
  expect(
    readdirSync(runbooks)
      .filter((name) => name !== 'README.md')
      .sort(),
  ).toEqual(linked.sort())
})

test('every command in a runbook is one that the CLI has', async () => {
  const commandsOf = async (...parent: string[]) => {
    const { stdout } = await run(process.execPath, [join(root, 'tools/ops/src/ops.ts'), ...parent, '--help'])
    return [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => [...parent, name].join(' '))
  }
  const known = [...(await commandsOf()), ...(await commandsOf('parked'))]
  expect(known).toContain('parked replay')
  const texts = readdirSync(runbooks).map((name) => readFileSync(join(runbooks, name), 'utf8'))
  const used = texts
    .flatMap((text) => [...text.matchAll(/ordershop-ops ([a-z][a-z ]*)/g)])
    .map(([, words = '']) => words)
  expect(used.length).toBeGreaterThan(0)
  expect(used.filter((words) => !known.some((command) => words.trim().startsWith(command)))).toEqual([])
})

test('every dashboard and file that a runbook names is there', () => {
  for (const name of readdirSync(runbooks)) {
    const text = readFileSync(join(runbooks, name), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)\)/g))
      expect(existsSync(join(runbooks, target)), `${target} in ${name}`).toBe(true)
  }
})
