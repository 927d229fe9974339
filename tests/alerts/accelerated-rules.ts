import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type AlertRule, readRules, ruleFiles } from './expressions.ts'
import { accelerated, acceleratedDuration } from './promql.ts'

/**
 * Writes the chart's rules with every time in them divided by `factor` (`for`, ranges, offsets, limits in seconds) and
 * nothing else changed. Returns the files.
 */
export function writeAcceleratedRules(dir: string, factor: number): readonly string[] {
  mkdirSync(dir, { recursive: true })
  const faster = (rule: AlertRule): AlertRule => ({
    ...rule,
    expr: accelerated(rule.expr, factor),
    ...(rule.for ? { for: acceleratedDuration(rule.for, factor) } : {}),
  })
  return ruleFiles.map((file) => {
    const groups = readRules(file).groups.map(({ name, rules }) => ({ name, rules: rules.map(faster) }))
    const path = join(dir, basename(file))
    writeFileSync(path, JSON.stringify({ groups }, null, 2))
    return path
  })
}
