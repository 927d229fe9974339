import type { Objects } from './objects.ts'
import type { TrimSettings } from './trim.ts'

/** What is archived, where to, and in which portions. */
export type ArchiveOptions = {
  /** Where: `folderObjects`, or any other that keeps the contract of `Objects`. One archive is of one log. */
  readonly objects: Objects
  /** Default: every topic of the catalog. */
  readonly topics?: readonly string[]
  /** Consumer groups that a restore puts back where they were; those of projections are not among them, rows are built anew. Default none. */
  readonly cursorsOf?: readonly string[]
  /**
   * What stays in Redis of what is archived; default: everything does. Whoever reads the log needs a store that was opened
   * with its `archive`.
   */
  readonly trim?: Partial<TrimSettings>
} & Partial<ArchiveSettings>

export type ArchiveSettings = {
  /** Name of the group whose cursors say how far each partition is archived. Default `archive`. */
  readonly group: string
  /** How long a member that died holds the partition that it was at, in milliseconds. Default 30,000. */
  readonly leaseMs: number
  /** A segment is sealed when an event has waited for it so long, in milliseconds. Default 60,000. */
  readonly ageMs: number
  /** A segment is sealed at so many events, or at 16 Mi characters. Default 32,768. */
  readonly events: number
}

export const defaultArchiveSettings: ArchiveSettings = {
  group: 'archive',
  leaseMs: 30_000,
  ageMs: 60_000,
  events: 32_768,
}
