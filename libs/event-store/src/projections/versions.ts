import type { PartitionId } from '../event.ts'

/** Which versions of a projection there are. */
export type Versions = {
  /** The one that readers see; 1 before there was any. */
  readonly live: number
  readonly building: number | null
  /** The former live one, kept for readers that have not noticed yet. */
  readonly retiring: number | null
  /** Whether `retiring` has been kept long enough to stop keeping it, by Redis' clock. */
  readonly retirable: boolean
  /** Whether every process has had time to stop keeping `retiring`: a late one would begin its rows again. */
  readonly deletable: boolean
}

/** From when a former version is kept no more to when it may be deleted, in milliseconds; each process looks every second. */
export const stopKeepingMs = 10_000

/** What projections need of a store beside `Groups`; see `Groups`. */
export type VersionStore = {
  versions(projection: string): Promise<Versions>
  /** Marks `version` as being built, unless another is; true when it was marked now. */
  startBuilding(projection: string, version: number): Promise<boolean>
  /** Makes `version` live if it is the one being built, and retires the former; true when it was switched now. */
  switchTo(projection: string, version: number, keepMs: number): Promise<boolean>
  /** The group's cursor position in each partition; 0 where it never ran. */
  positions(group: string, partitions: readonly PartitionId[]): Promise<readonly number[]>
  /** The last position in each partition. */
  heads(partitions: readonly PartitionId[]): Promise<readonly number[]>
  /** Deletes rows, cursors and members of a retired version, then forgets it. May be repeated. */
  deleteVersion(projection: string, version: number, partitions: readonly PartitionId[]): Promise<void>
}

/** The consumer group, and the part of every row's key, of one version of a projection: `read-model.v1`. */
export function projectionGroup(projection: string, version: number): string {
  return `${projection}.v${version}`
}
