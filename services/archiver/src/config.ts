import { wholeNumber } from '@ordershop/service'
import { z } from 'zod'

const expected = 'expected file:///folder or s3://bucket/prefix, where the log is to be archived'

export const variables = {
  /** Where the archive is. Not over HTTP, as others may have it: what is read there was written by an archiver. */
  ARCHIVE_URL: z.string(expected).regex(/^(file:\/\/\/|s3:\/\/)\S+$/, expected),
  /** A segment is sealed when an event has waited for it so long, in milliseconds. */
  ARCHIVE_SEAL_MS: wholeNumber(100, 86_400_000).default(60_000),
  /** A segment is sealed at so many events; it may be in memory as a whole. */
  ARCHIVE_SEGMENT_EVENTS: wholeNumber(1, 1_000_000).default(32_768),
  /** Archived events of each partition that stay in Redis, the newest; default all. */
  ARCHIVE_KEEP_EVENTS: wholeNumber(0, 1_000_000_000_000).default(Number.POSITIVE_INFINITY),
  /** Archived events stay in Redis for so long, in milliseconds; default for ever. */
  ARCHIVE_KEEP_MS: wholeNumber(0, 1_000_000_000_000).default(Number.POSITIVE_INFINITY),
  /** While Redis uses more than this part of its `maxmemory`, the oldest archived events leave it, whatever is to be kept. */
  ARCHIVE_MEMORY_TARGET: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'expected a number from 0 to 1, the part of maxmemory that may be used')
    .transform(Number)
    .default(0.6),
}
