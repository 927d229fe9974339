import { catalog } from '@ordershop/contracts'
import type { Operations } from '@ordershop/event-store'
import { type Report, unknown } from './command.ts'
import { withProgress } from './progress.ts'

/** Walks the log of one topic, or of all, one after another. */
export async function verify(ops: Operations, only?: string): Promise<Report> {
  const all: readonly string[] = catalog.topics
  if (only !== undefined && !all.includes(only)) unknown('topic', only, all)
  return withProgress('reading the log', async (waitsFor) => {
    const rows: Report['rows'][number][] = []
    let failed = false
    for (const topic of only === undefined ? all : [only]) {
      waitsFor(topic)
      const { events, problems } = await ops.verify(topic)
      failed ||= problems.length > 0
      for (const problem of problems.length > 0 ? problems : ['none']) rows.push({ topic, events, problem })
    }
    return { rows, failed }
  })
}
