import type { Figures, Result } from './measure.ts'

/** One markdown table a suite: a row each case, a column each contender, ratios with their spread. */
export function tables(results: readonly Result[]): string {
  const suites = [...new Set(results.map(({ suite }) => suite))]
  return suites.map((suite) => table(results.filter((result) => result.suite === suite))).join('\n')
}

function table(results: readonly Result[]): string {
  const names = [...new Set(results.flatMap(({ figures }) => figures.map(({ name }) => name)))]
  const aimed = results.some(({ figures }) => figures.some(({ atLeast }) => atLeast !== undefined))
  const heads = [`${results[0]?.suite}`, 'unit', ...names, ...(aimed ? ['aim'] : [])]
  const rows = results.map(({ name, unit, figures }) => {
    const cells = names.map((one) => cell(figures.find((figure) => figure.name === one)))
    return [name, unit, ...cells, ...(aimed ? [aims(figures)] : [])]
  })
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}

function cell(figures: Figures | undefined): string {
  if (!figures) return ''
  const { median, ratio } = figures
  if (!ratio) return amount(median)
  return `${amount(median)} (${fixed(ratio.median)} ×, ${fixed(ratio.min)}-${fixed(ratio.max)})`
}

/** e.g. `raw 0.85 ×: held, BullMQ 2.4 ×: **missed**` */
function aims(figures: readonly Figures[]): string {
  return figures
    .flatMap(({ name, ratio, atLeast }) => {
      if (atLeast === undefined || !ratio) return []
      return `${name} ${atLeast} ×: ${ratio.median >= atLeast ? 'held' : '**missed**'}`
    })
    .join(', ')
}

const fixed = (ratio: number) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0))
const amount = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
