// What every process of the shop must agree on about its archive.
import { type ArchiveVariables, objectsAt } from '@ordershop/archive-objects'
import { catalog, groups, projections } from '@ordershop/contracts'
import type { ArchiveOptions, Objects, Watched } from '@ordershop/event-store'

/** The group whose cursors say how far each partition of every topic is archived. */
export const archiveGroup = 'archive'

/** What `store.archive` is told by whoever archives the shop: a restore puts its consumer groups back where they were. */
export function archiving(
  objects: Objects,
): Required<Pick<ArchiveOptions, 'objects' | 'group' | 'cursorsOf'>> {
  return { objects, group: archiveGroup, cursorsOf: Object.keys(groups) }
}

/** Where the environment says that events are archived; `undefined` where it says nothing, or is empty. @throws as `objectsAt`. */
export function archiveAt(env: ArchiveVariables): Objects | undefined {
  return env.ARCHIVE_URL ? objectsAt(env) : undefined
}

/** The groups and projections whose lag the shop watches; the archive is one of them where there is one. */
export function watchedBy(env: ArchiveVariables): Watched {
  const archive = env.ARCHIVE_URL ? { [archiveGroup]: catalog.topics } : {}
  return { groups: { ...groups, ...archive }, projections }
}
