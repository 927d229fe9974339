import { crc32 } from 'node:zlib'

/**
 * The partition of a key: CRC-32 (IEEE 802.3, as in zlib and gzip) of its UTF-8 bytes, modulo the number of
 * partitions. Every language has it, so a writer in another language agrees.
 *
 * Test vectors, for 8 partitions: see `partition.test.ts`.
 */
export function partitionOf(key: string, partitions: number): number {
  return crc32(key) % partitions
}
