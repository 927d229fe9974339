import type { PartitionId } from '../event.ts'
import type { Log } from '../log/log.ts'
import { allPartitions } from '../log/partition.ts'
import type { VersionStore } from '../projections/versions.ts'
import { peek, type RawEntry } from '../redis/wire.ts'
import type { Verification } from './operations.ts'

const pageSize = 512
const problemsShown = 100

/** Walks every partition of a topic, see `Operations.verify`. */
export async function verifyTopic(
  log: Log,
  versions: VersionStore,
  topic: string,
  partitions: number,
  verifyData: (at: PartitionId, entry: RawEntry) => void,
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

async function walk(log: Log, at: PartitionId, verifyData: (at: PartitionId, entry: RawEntry) => void) {
  const problems: string[] = []
  const latest = new Map<string, { version: number; entryId: string }>()
  let events = 0
  let position = 0
  for (let after = ''; ; ) {
    const page = await log.page(at, after, pageSize)
    for (const entry of page) {
      const event = peek(entry)
      const tell = (what: string) =>
        problems.push(`${at.topic}:${at.partition} entry ${event.entryId}: ${what}`)
      events++
      if (event.position !== position + 1) tell(`position ${event.position}, expected ${position + 1}`)
      position = Number.isNaN(event.position) ? position : event.position
      const before = latest.get(event.entity)
      const version = Number(event.fields[7])
      if (version !== (before?.version ?? 0) + 1)
        tell(`version ${version} of ${event.entity}, expected ${(before?.version ?? 0) + 1}`)
      if ((event.fields[9] ?? '') !== (before?.entryId ?? ''))
        tell(`points back to '${event.fields[9]}', expected '${before?.entryId ?? ''}'`)
      latest.set(event.entity, { version, entryId: event.entryId })
      try {
        verifyData(at, entry)
      } catch (error) {
        tell((error as Error).message)
      }
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return { events, position, problems }
    after = last[0]
  }
}
