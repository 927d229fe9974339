import type { PartitionId } from '../log/keys.ts'

/** The consumer group, and the part of every row's key, of one version of a projection: `read-model.v1`. */
export function projectionGroup(projection: string, version: number): string {
  return `${projection}.v${version}`
}

/** Every partition of the topics, topic by topic. */
export function allPartitions(topics: readonly string[], partitions: number): PartitionId[] {
  return topics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  )
}
