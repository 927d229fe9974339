// Beside the segments of a partition, what a restore needs that is no event: where each group was.
import { AppError } from '@ordershop/core'
import type { PartitionId } from '../event.ts'
import type { Objects } from './objects.ts'

const manifestForm = 'ordershop-manifest/1'

/** Where a group was in a partition, and its parked keys as Redis has them. */
export type GroupState = {
  readonly entry_id: string
  readonly position: number
  readonly event_id: string
  readonly parked: Readonly<Record<string, string>>
}

/** Keys as in the file. */
export type Manifest = PartitionId & {
  readonly form: typeof manifestForm
  /** Partitions of the topic: where a key's events are depends on it. */
  readonly partitions: number
  readonly groups: Readonly<Record<string, GroupState>>
}

const nameOf = ({ topic, partition }: PartitionId) => `${topic}/${partition}/manifest.json`

/** Writes the manifest of a partition in place of the one before. */
export async function writeManifest(
  objects: Objects,
  at: PartitionId,
  about: Pick<Manifest, 'partitions' | 'groups'>,
): Promise<void> {
  const manifest: Manifest = { form: manifestForm, ...at, ...about }
  await objects.replace(nameOf(at), Buffer.from(`${JSON.stringify(manifest)}\n`))
}

/** `null` for a partition of which nothing is archived. @throws AppError `invalid` when it is no manifest. */
export async function readManifest(objects: Objects, at: PartitionId): Promise<Manifest | null> {
  const bytes = await objects.read(nameOf(at))
  if (!bytes) return null
  const text = Buffer.from(bytes).toString()
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.form === manifestForm) return manifest
  } catch {}
  throw new AppError(
    'invalid',
    `archive: ${nameOf(at)} is '${text.slice(0, 80)}', expected JSON whose form is '${manifestForm}'`,
  )
}
