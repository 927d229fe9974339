import { crc32 } from 'node:zlib'
import type { EntityRef } from '../entity.ts'
import type { PartitionId } from '../event.ts'

/**
 * The partition of a key: CRC-32 (IEEE 802.3, as in zlib and gzip) of its UTF-8 bytes, modulo the number of
 * partitions. Every language has it, so a writer in another language agrees.
 *
 * Test vectors, for 8 partitions: see `partition.test.ts`.
 */
export function partitionOf(key: string, partitions: number): number {
  return crc32(key) % partitions
}

/** The partition in which an entity lies: that of its key, which is its id unless the writer gave another. */
export function placeOf({ topic, entityId, key }: EntityRef, partitions: number): PartitionId {
  return { topic, partition: partitionOf(key ?? entityId, partitions) }
}

/** Every partition of the topics, topic by topic. */
export function allPartitions(topics: readonly string[], partitions: number): PartitionId[] {
  return topics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  )
}
