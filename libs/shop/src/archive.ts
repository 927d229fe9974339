// What every process of the shop must agree on about its archive.
import { type ArchiveVariables, objectsAt } from '@ordershop/archive-objects'
import { catalog, groups, projections } from '@ordershop/contracts'
import type { ArchiveOptions, Objects, Watched } from '@ordershop/event-store'
import { type Logger, requestSigner } from '@ordershop/service'

/** The group whose cursors say how far each partition of every topic is archived. */
export const archiveGroup = 'archive'

/** What `store.archive` is told by whoever archives the shop: a restore puts its consumer groups back where they were. */
export function archiving(
  objects: Objects,
): Required<Pick<ArchiveOptions, 'objects' | 'group' | 'cursorsOf'>> {
  return { objects, group: archiveGroup, cursorsOf: Object.keys(groups) }
}

type Env = ArchiveVariables & { readonly SIGNING_KEYS_FILE?: string | undefined }

/**
 * Where the environment says that events are archived. An archiver is asked with requests that `SIGNING_KEYS_FILE` signs,
 * if there is one.
 *
 * @throws as `objectsAt` and `requestSigner`.
 */
export function archiveObjects(env: Env, log?: Logger): Objects {
  const { SIGNING_KEYS_FILE: file } = env
  return objectsAt(env, file ? { sign: requestSigner(file, log) } : {})
}

/** The same; `undefined` where the environment says nothing of an archive, or is empty. */
export function archiveAt(env: Env, log?: Logger): Objects | undefined {
  return env.ARCHIVE_URL ? archiveObjects(env, log) : undefined
}

/** The groups and projections whose lag the shop watches; the archive is one of them where there is one. */
export function watchedBy(env: ArchiveVariables): Watched {
  const archive = env.ARCHIVE_URL ? { [archiveGroup]: catalog.topics } : {}
  return { groups: { ...groups, ...archive }, projections }
}
