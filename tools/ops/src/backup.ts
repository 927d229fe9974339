// Backups of Redis at ARCHIVE_URL. None of this asks Redis, which may be what was lost.
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@ordershop/core'
import { type Backup, backupsIn, bytesOfBackup, keepNewest, storeBackup } from '@ordershop/event-store'
import { archiveObjects } from '@ordershop/shop'
import type { Report } from './command.ts'

type Env = NodeJS.ProcessEnv

const rowOf = ({ time, bytes, sha256 }: Backup) => ({ time, bytes, sha256 })

/** Stores a file, then removes the oldest backups beyond `keep`. */
export async function storeRedisBackup(env: Env, file: string, keep: string): Promise<Report> {
  if (!/^[1-9]\d{0,5}$/.test(keep))
    throw new AppError('invalid', `--keep is '${keep}', expected a whole number of backups from 1`)
  const objects = archiveObjects(env)
  const stored = await storeBackup(objects, file)
  await keepNewest(objects, Number(keep))
  return { rows: [rowOf(stored)] }
}

export async function listBackups(env: Env): Promise<Report> {
  return { rows: (await backupsIn(archiveObjects(env))).map(rowOf), none: 'there is no backup' }
}

/** Writes a backup to a file that is not there yet, or to stdout for `-`. What differs from its hash is not written. */
export async function fetchRedisBackup(env: Env, time: string, file: string): Promise<void> {
  const bytes = bytesOfBackup(archiveObjects(env), time)
  if (file === '-') return pipeline(bytes, process.stdout, { end: false })
  const written = createWriteStream(file, { flags: 'wx', flush: true })
  try {
    await pipeline(bytes, written)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new AppError(
        'conflict',
        `fetch backup: there is ${file} already, expected the name of a new file`,
      )
    // Half a file is no backup.
    await rm(file, { force: true })
    throw error
  }
}
