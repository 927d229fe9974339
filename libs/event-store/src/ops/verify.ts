import type { PartitionId } from '../event.ts'
import type { LogEntry } from '../log/entry.ts'
import type { Log } from '../log/log.ts'
import { allPartitions } from '../log/partition.ts'
import type { VersionStore } from '../projections/versions.ts'
import type { Verification } from './operations.ts'

const pageSize = 512
const problemsShown = 100

/** Walks every partition of a topic, see `Operations.verify`. */
export async function verifyTopic(
  log: Log,
  versions: VersionStore,
  topic: string,
  partitions: number,
  verifyData: (at: PartitionId, entry: LogEntry) => void,
): Promise<Verification> {
  const all = allPartitions([topic], partitions)
  const heads = await versions.heads(all)
  let events = 0
  const problems: string[] = []
  for (const [k, at] of all.entries()) {
    const walked = await walk(log, at, verifyData)
    events += walked.events
    problems.push(...walked.problems)
    const head = heads[k] ?? 0
    if (walked.position < head)
      problems.push(`${topic}:${at.partition}: ends at position ${walked.position}, head says ${head}`)
  }
  return { topic, events, problems: problems.slice(0, problemsShown) }
}

async function walk(log: Log, at: PartitionId, verifyData: (at: PartitionId, entry: LogEntry) => void) {
  const problems: string[] = []
  const latest = new Map<string, { version: number; entryId: string }>()
  let events = 0
  let position = 0
  for (let after = ''; ; ) {
    const page = await log.page(at, after, pageSize)
    for (const entry of page) {
      const tell = (what: string) =>
        problems.push(`${at.topic}:${at.partition} entry ${entry.entryId}: ${what}`)
      events++
      if (entry.position !== position + 1) tell(`position ${entry.position}, expected ${position + 1}`)
      position = Number.isNaN(entry.position) ? position : entry.position
      const before = latest.get(entry.entityId)
      const { version, previous } = entry
      if (version !== (before?.version ?? 0) + 1)
        tell(`version ${version} of ${entry.entityId}, expected ${(before?.version ?? 0) + 1}`)
      if (previous !== (before?.entryId ?? ''))
        tell(`points back to '${previous}', expected '${before?.entryId ?? ''}'`)
      latest.set(entry.entityId, { version, entryId: entry.entryId })
      try {
        verifyData(at, entry)
      } catch (error) {
        tell((error as Error).message)
      }
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return { events, position, problems }
    after = last.entryId
  }
}
