import type { Operations } from '@ordershop/event-store'
import { type Report, topicsOf } from './command.ts'
import { withProgress } from './progress.ts'

/** Walks the log of one topic, or of all, one after another. */
export async function verify(ops: Operations, only?: string): Promise<Report> {
  const topics = topicsOf(only)
  return withProgress('reading the log', async (waitsFor) => {
    const rows: Report['rows'][number][] = []
    let failed = false
    for (const topic of topics) {
      waitsFor(topic)
      const { events, problems } = await ops.verify(topic)
      failed ||= problems.length > 0
      for (const problem of problems.length > 0 ? problems : ['none']) rows.push({ topic, events, problem })
    }
    return { rows, failed }
  })
}
