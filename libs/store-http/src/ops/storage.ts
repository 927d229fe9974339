import type { Durability, Operations, Watched } from '@ordershop/event-store'

/** Where a store is archived, and the group whose cursors say how far. */
export type ArchivePlace = { readonly url: string; readonly group: string }

type Source = {
  readonly ops: Pick<Operations, 'server' | 'lag'>
  readonly durability: Durability | 'unknown'
  readonly archive: ArchivePlace | undefined
}

/** Where the log is kept, and how far each partition is archived. */
export async function storage({ ops, durability, archive }: Source, { groups }: Watched) {
  const { version, usedBytes, maxBytes, policy } = await ops.server()
  return {
    redis: {
      version,
      used_bytes: usedBytes,
      max_bytes: maxBytes,
      policy,
      durability: typeof durability === 'string' ? durability : `replicated:${durability.replicated}`,
    },
    archive: archive ? await archived(ops, archive, groups[archive.group] ?? []) : null,
  }
}

async function archived(
  ops: Pick<Operations, 'lag'>,
  { url, group }: ArchivePlace,
  topics: readonly string[],
) {
  const lags = await ops.lag({ [group]: topics })
  const partitions = lags.map(({ topic, partition, position }) => ({
    topic,
    partition,
    archived_to: position,
  }))
  return { url: withoutSecrets(url), partitions }
}

/** A URL without user, password, query and fragment. */
export function withoutSecrets(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
