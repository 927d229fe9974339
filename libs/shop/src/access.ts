// Who may do what in Redis: the table of services in the vocabulary of the event store.
import { catalog, projections, type ServiceName, serviceOf } from '@ordershop/contracts'
import type { RedisAccess } from '@ordershop/event-store'
import { archiveGroup } from './archive.ts'

/** What a service does in Redis, by its row of the table of services. */
export function accessOf(name: ServiceName): RedisAccess {
  const { owns, looksUp, subscribesTo, projects, shows, showsLog, watches, archives, keeps } = serviceOf(name)
  const group = archives ? { [archiveGroup]: catalog.topics } : subscribesTo && { [name]: subscribesTo }
  return {
    ...(owns ? { appends: owns } : {}),
    ...(looksUp ? { reads: looksUp } : {}),
    ...(showsLog ? { follows: catalog.topics } : {}),
    ...(group ? { groups: group } : {}),
    ...(projects ? { projections: { [name]: projects } } : {}),
    ...(shows ? { caches: { [shows]: projections[shows] } } : {}),
    ...(watches
      ? { watches: catalog.topics, rebuilds: Object.keys(projections), decides: catalog.topics }
      : {}),
    // Where groups are is archived with the log.
    ...(archives ? { watches: catalog.topics, trims: catalog.topics } : {}),
    ...(keeps ? { keeps } : {}),
  }
}

/** What `ordershop-ops` and the checks of a running shop do: all that an operator may, short of Redis' own administration. */
export const operatorAccess: RedisAccess = {
  appends: catalog.topics,
  groups: { [archiveGroup]: catalog.topics },
  caches: projections,
  watches: catalog.topics,
  rebuilds: Object.keys(projections),
  operates: catalog.topics,
  // A restore leaves to the archive what is not to be in Redis.
  trims: catalog.topics,
}

/** Topics that a service creates, and those that must be there before it can do its part. */
export function topicsOf(name: ServiceName): { creates: readonly string[]; awaits: readonly string[] } {
  const { appends = [], groups = {}, projections = {}, caches = {}, watches = [] } = accessOf(name)
  // What it only shows it need not wait for.
  const { looksUp = [] } = serviceOf(name)
  const touched = new Set([
    ...looksUp,
    ...[groups, projections, caches].flatMap(Object.values).flat(),
    ...watches,
  ])
  return { creates: appends, awaits: [...touched].filter((topic) => !appends.includes(topic)) }
}
