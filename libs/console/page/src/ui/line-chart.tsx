import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

type Line = { readonly label: string; readonly values: readonly (number | null)[] }
type Props = {
  /** Milliseconds since 1970, ascending. */
  times: readonly number[]
  lines: readonly Line[]
  /** What the chart says, for whoever does not see it. */
  label: string
}

const height = 200
/** The time that is shown at least. */
const leastSeconds = 10

/** Lines over time. */
export function LineChart({ times, lines, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>()
  const names = lines.map((line) => line.label).join()
  const data = [times.map((at) => at / 1_000), ...lines.map(({ values }) => values)] as uPlot.AlignedData
  // made anew only when there are other lines; data is set below
  useEffect(() => {
    const element = place.current
    if (!element) return
    const made = new uPlot(
      { ...optionsFor(lines, element), width: element.clientWidth, height },
      data,
      element,
    )
    chart.current = made
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
    }
  }, [names])
  useEffect(() => chart.current?.setData(data))
  return <div ref={place} class="chart" role="img" aria-label={label} />
}

function optionsFor(lines: readonly Line[], element: Element): Omit<uPlot.Options, 'width' | 'height'> {
  const style = getComputedStyle(element)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const axis = {
    stroke: color('--soft'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  }
  return {
    legend: { show: false },
    cursor: { show: false },
    axes: [axis, { ...axis, size: 56 }],
    scales: {
      // Of a single sample uPlot would show years.
      x: { range: (_chart, from, to) => [Math.min(from, to - leastSeconds), to] },
      y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, 1)] },
    },
    series: [
      {},
      ...lines.map(({ label }, index) => ({
        label,
        stroke: color(`--hue-${index % 8}`),
        width: 1.5,
        points: { show: false },
      })),
    ],
  }
}
