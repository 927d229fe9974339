import { AppError } from '@ordershop/core'
import { type PartitionId, partitionName } from '../event.ts'
import type { ArchivedLog } from './archived-log.ts'

/** Of a store that was given none. */
export const noArchive: ArchivedLog = {
  page: (at) => Promise.reject(withoutArchive(at)),
  entry: (at) => Promise.reject(withoutArchive(at)),
  lastOf: (at) => Promise.reject(withoutArchive(at)),
  upTo: (at) => Promise.reject(withoutArchive(at)),
  blockWith: (at) => Promise.reject(withoutArchive(at)),
}

function withoutArchive(at: PartitionId): AppError {
  const message = `read ${partitionName(at)}: events that are asked for were trimmed from Redis, expected a store that was opened with its archive`
  return new AppError('internal', message)
}
