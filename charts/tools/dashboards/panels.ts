// What all dashboards share: their variables, two kinds of panel, and the words of a description.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** One panel as its dashboard describes it. */
export type PanelSpec = {
  readonly title: string
  /** What the panel shows, where the title does not say it. */
  readonly shows?: string
  /** What a bad value looks like, and what it means. */
  readonly bad: string
  /** A unit of Grafana: `short`, `s`, `bytes`, `ops`, `percentunit`. */
  readonly unit: string
  /** PromQL by legend; a legend may name labels: `{{group}}`. */
  readonly queries: Readonly<Record<string, string>>
  /** From here on a value is bad; drawn red. */
  readonly limit?: number
  readonly max?: number
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
const datasource = { type: 'prometheus', uid: '${datasource}' }

function describe({ shows, bad }: PanelSpec): string {
  return [...(shows ? [shows] : []), `**Bad:** ${bad}`].join('\n\n')
}

function thresholds(limit: number | undefined): ThresholdsConfigBuilder {
  const steps = [
    { value: null, color: 'green' },
    ...(limit === undefined ? [] : [{ value: limit, color: 'red' }]),
  ]
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}

function targets({ queries }: PanelSpec): DataqueryBuilder[] {
  return Object.entries(queries).map(([legend, expr], k) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + k))
      .datasource(datasource)
      .expr(expr)
      .legendFormat(legend),
  )
}

/** One number, as it is now; four of 24 columns wide. */
export function number(spec: PanelSpec): Builder<Panel> {
  return new StatBuilder()
    .title(spec.title)
    .description(describe(spec))
    .datasource(datasource)
    .unit(spec.unit)
    .thresholds(thresholds(spec.limit))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .targets(targets(spec))
    .span(4)
    .height(4)
}

/** Lines over time; half the width. */
export function graph(spec: PanelSpec): Builder<Panel> {
  const legend = new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Bottom)
    .showLegend(true)
    .calcs(['lastNotNull', 'max'])
  const tooltip = new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending)
  const builder = new TimeseriesBuilder()
    .title(spec.title)
    .description(describe(spec))
    .datasource(datasource)
    .unit(spec.unit)
    .min(0)
    .fillOpacity(10)
    .legend(legend)
    .tooltip(tooltip)
    .thresholds(thresholds(spec.limit))
    .targets(targets(spec))
    .span(12)
    .height(8)
  if (spec.max !== undefined) builder.max(spec.max)
  if (spec.limit !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
  }
  return builder
}

/** A variable whose values are those of a label; all of them are chosen at first. */
export function labelVariable(name: string, label: string, series: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(name)
    .datasource(datasource)
    .query({ query: `label_values(${series}, ${label})`, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] })
}

/** A dashboard in rows of panels. `uid` is its file name and its address in Grafana; the place of a panel is its id. */
export function dashboard(
  uid: string,
  title: string,
  description: string,
  variables: readonly QueryVariableBuilder[],
  rows: Readonly<Record<string, readonly Builder<Panel>[]>>,
): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['ordershop'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').label('datasource').type('prometheus'))
  for (const variable of variables) builder.withVariable(variable)
  for (const [row, panels] of Object.entries(rows)) {
    builder.withRow(new RowBuilder(row))
    for (const panel of panels) builder.withPanel(panel)
  }
  const built = builder.build()
  return { ...built, panels: (built.panels ?? []).map((panel, k) => ({ ...panel, id: k + 1 })) }
}
