import { errorCode } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import { chainOf } from './chain.ts'
import { readManifest } from './manifest.ts'
import type { Objects } from './objects.ts'

/** What reading a whole partition of an archive has shown. */
export type ArchiveVerification = {
  readonly segments: number
  readonly events: number
  /** Position of the last event. */
  readonly last: number
  /** The first that was found: nothing behind it was looked at. */
  readonly problem: string | null
}

/**
 * Reads every segment of a partition: its hashes, its link to the one before, and that none is missing; and that its
 * manifest is one.
 *
 * @throws AppError `unavailable` when they cannot be read.
 */
export async function verifyArchive(objects: Objects, at: PartitionId): Promise<ArchiveVerification> {
  let [segments, events, last] = [0, 0, 0]
  try {
    for await (const { header } of chainOf(objects, at).segments()) {
      segments++
      events += header.last - header.first + 1
      last = header.last
    }
    await readManifest(objects, at)
  } catch (error) {
    if (errorCode(error) === 'unavailable') throw error
    return { segments, events, last, problem: (error as Error).message }
  }
  return { segments, events, last, problem: null }
}
