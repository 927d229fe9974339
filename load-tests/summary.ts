// What a run leaves: a short table on the screen, and where RESULTS names a folder, that and all figures in files.
import { markdown, type SummaryData } from './report.ts'

/** For `options.summaryTrendStats`. */
export const trendStats = ['avg', 'min', 'med', 'p(95)', 'p(99)', 'max', 'count']

/** The `handleSummary` of a test; `more` adds lines below the table. */
export function summary(test: string, more: (data: SummaryData) => string = () => '') {
  return (data: SummaryData): Record<string, string> => {
    const text = `${markdown(test, __ENV.PROFILE ?? 'laptop', data)}${more(data)}`
    const folder = __ENV.RESULTS
    if (!folder) return { stdout: `\n${text}\n` }
    return {
      stdout: `\n${text}\n`,
      [`${folder}/${test}.md`]: text,
      [`${folder}/${test}.json`]: JSON.stringify(data, null, 2),
    }
  }
}
