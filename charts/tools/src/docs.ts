// `pnpm chart-docs`: writes the generated part of the chart's README. With --check: writes nothing, and fails when that
// part is stale, a value is not described, or Chart.yaml does not say what it has to.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from './root.ts'
import { describeValues, valuesTable } from './values.ts'

type Chart = {
  readonly version?: string
  readonly appVersion?: string
  readonly kubeVersion?: string
  readonly annotations?: Readonly<Record<string, string>>
}

const readme = 'charts/ordershop/README.md'
const marker = '<!-- What follows is written by `pnpm chart-docs`, from values.yaml and Chart.yaml. -->\n'

const chart: Chart = parse(read('charts/ordershop/Chart.yaml'))
const product: { version: string; license: string } = JSON.parse(read('package.json'))
const { rows, undescribed } = describeValues(read('charts/ordershop/values.yaml'))

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function generated(): string {
  const versions = `Chart ${chart.version}, OrderShop ${chart.appVersion}, Kubernetes ${chart.kubeVersion}.`
  return `${marker}\n## Values\n\n${versions}\n\n${valuesTable(rows)}\n`
}

function wrongInChart(): string[] {
  const expected: Record<string, [found: string | undefined, wanted: string | RegExp]> = {
    version: [chart.version, /^\d+\.\d+\.\d+(-[\w.-]+)?$/],
    appVersion: [chart.appVersion, product.version],
    kubeVersion: [chart.kubeVersion, /^>=/],
    'annotations.artifacthub.io/category': [chart.annotations?.['artifacthub.io/category'], /./],
    'annotations.artifacthub.io/license': [chart.annotations?.['artifacthub.io/license'], product.license],
    'annotations.artifacthub.io/changes': [chart.annotations?.['artifacthub.io/changes'], /^- kind: \w+/],
  }
  return Object.entries(expected)
    .filter(([, [found, wanted]]) =>
      typeof wanted === 'string' ? found !== wanted : !wanted.test(found ?? ''),
    )
    .map(([name, [found, wanted]]) => `Chart.yaml: ${name} is ${found ?? 'missing'}, expected ${wanted}`)
}

const [intro, table] = read(readme).split(marker)
if (intro === undefined || table === undefined)
  throw new Error(`${readme} has no line ${marker.trim()}, expected it above the table`)

if (process.argv.includes('--check')) {
  const problems = wrongInChart()
  for (const name of undescribed)
    problems.push(`values.yaml: ${name} is not described, expected a comment \`# -- …\` above it or its map`)
  if (marker + table !== generated())
    problems.push(`${readme} is stale: run \`pnpm chart-docs\` and commit it`)
  for (const problem of problems) console.error(problem)
  console.log(`chart: ${rows.length} values described, ${problems.length} problems`)
  process.exitCode = problems.length > 0 ? 1 : 0
} else writeFileSync(join(root, readme), intro + generated())
