// Backups of Redis beside its archive: the file that Redis writes of itself, its RDB, in parts, so that none of it is in
// memory as a whole. A manifest is written last: a backup without one was broken off, and is none.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '@ordershop/core'
import type { Objects } from './objects.ts'
import { sha256 } from './segment.ts'

const backupForm = 'ordershop-backup/1'
const folder = 'backups/'
const manifestOf = (time: string) => `${folder}${time}/manifest.json`
const partOf = (time: string, k: number) => `${folder}${time}/${String(k).padStart(6, '0')}`
const namesPerList = 10_000

/** What is in memory at once, in bytes. */
const defaultPartBytes = 8 * 1024 * 1024

/** A backup as its manifest tells of it; keys as in the file. */
export type Backup = {
  readonly form: typeof backupForm
  /** When it was stored, e.g. `2026-11-28T03:00:00.000Z`: its name. What is in it is older. */
  readonly time: string
  readonly bytes: number
  /** Of the whole file, as `sha256sum` prints it. */
  readonly sha256: string
  /** The same of each part. */
  readonly parts: readonly string[]
}

/**
 * Stores an RDB file as the backup of this moment.
 *
 * @throws AppError `invalid` when the file cannot be read, or is not a whole RDB; `unavailable` as `Objects` does. Then there is no backup
 *   of this moment, and what was written of it is removed by a later `keepNewest`.
 */
export async function storeBackup(
  objects: Objects,
  path: string,
  { now = new Date(), partBytes = defaultPartBytes } = {},
): Promise<Backup> {
  const time = now.toISOString()
  await checkRdb(path)
  const whole = createHash('sha256')
  const parts: string[] = []
  let bytes = 0
  for await (const part of partsOfFile(path, partBytes)) {
    whole.update(part)
    bytes += part.length
    parts.push(sha256(part))
    await createNew(objects, partOf(time, parts.length), part)
  }
  const backup: Backup = { form: backupForm, time, bytes, sha256: whole.digest('hex'), parts }
  await createNew(objects, manifestOf(time), Buffer.from(`${JSON.stringify(backup)}\n`))
  return backup
}

/** Every whole backup, oldest first. @throws AppError `invalid` when a manifest is none. */
export async function backupsIn(objects: Objects): Promise<readonly Backup[]> {
  const found: Backup[] = []
  for (const [time, names] of await namesIn(objects))
    if (names.includes(manifestOf(time))) found.push(await readBackup(objects, time))
  return found
}

/**
 * The bytes of a backup, part by part, each compared with its hash before it is given.
 *
 * @throws AppError `not_found` when there is no whole backup of that time; `invalid` at a part that is missing or was changed.
 */
export async function* bytesOfBackup(objects: Objects, time: string): AsyncGenerator<Uint8Array> {
  const { parts } = await readBackup(objects, time)
  for (const [k, expected] of parts.entries()) {
    const name = partOf(time, k + 1)
    const part = await objects.read(name)
    if (part && sha256(part) === expected) {
      yield part
      continue
    }
    const met = part ? `has SHA-256 ${sha256(part)}` : 'is missing'
    throw new AppError('invalid', `backup ${time}: ${name} ${met}, expected SHA-256 ${expected}`)
  }
}

/**
 * Removes all backups but the newest so many, and what is left of those that were broken off before the newest.
 *
 * @returns times of those that were removed.
 */
export async function keepNewest(objects: Objects, count: number): Promise<readonly string[]> {
  if (!Number.isInteger(count) || count < 1)
    throw new AppError('invalid', `keep ${count} backups, expected a whole number from 1`)
  const all = await namesIn(objects)
  const whole = [...all.keys()].filter((time) => all.get(time)?.includes(manifestOf(time)))
  const kept = new Set(whole.slice(-count))
  const newest = whole.at(-1) ?? ''
  // One that is newer than the newest may be on its way.
  const removed = [...all.keys()].filter((time) => time < newest && !kept.has(time))
  for (const time of removed) {
    // First, so that what is not whole is never taken for a backup.
    await objects.remove(manifestOf(time))
    for (const name of all.get(time) ?? []) await objects.remove(name)
  }
  return removed
}

async function createNew(objects: Objects, name: string, bytes: Uint8Array): Promise<void> {
  if (await objects.create(name, bytes)) return
  throw new AppError('conflict', `store backup: there is ${name} already, expected no backup of that moment`)
}

/** All objects of backups by their time, oldest first. */
async function namesIn(objects: Objects): Promise<Map<string, string[]>> {
  const names: string[] = []
  for (let full = true; full; ) {
    const after = names.at(-1)
    const from = after === undefined ? {} : { after }
    const page = await objects.list(folder, { ...from, limit: namesPerList })
    names.push(...page)
    full = page.length === namesPerList
  }
  return Map.groupBy(names, (name) => name.split('/')[1] ?? '')
}

async function readBackup(objects: Objects, time: string): Promise<Backup> {
  const bytes = await objects.read(manifestOf(time))
  if (!bytes) throw new AppError('not_found', `backup ${time}: there is none of that time`)
  const text = Buffer.from(bytes).toString()
  try {
    const backup = JSON.parse(text) as Backup
    if (backup.form === backupForm && backup.time === time) return backup
  } catch {}
  throw new AppError(
    'invalid',
    `backup ${time}: its manifest is '${text.slice(0, 80)}', expected JSON whose form is '${backupForm}'`,
  )
}

async function* partsOfFile(path: string, partBytes: number): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    while (size >= partBytes) {
      const all = Buffer.concat(chunks)
      yield all.subarray(0, partBytes)
      chunks = [all.subarray(partBytes)]
      size -= partBytes
    }
  }
  if (size > 0) yield Buffer.concat(chunks)
}

/** An RDB begins with `REDIS` and its version in four digits; its last byte before an eight-byte checksum is 0xFF. */
async function checkRdb(path: string): Promise<void> {
  const refused = (met: string, cause?: unknown) =>
    new AppError('invalid', `store backup: ${path} ${met}, expected an RDB file that Redis has written`, {
      cause,
    })
  const file: FileHandle = await open(path, 'r').catch((error: Error) => {
    throw refused(`cannot be read (${error.message})`, error)
  })
  try {
    const { size } = await file.stat()
    const first = await file.read(Buffer.alloc(9), 0, 9, 0)
    const head = first.buffer.subarray(0, first.bytesRead).toString('latin1')
    if (!/^REDIS\d{4}$/.test(head)) throw refused(`begins with ${JSON.stringify(head)}`)
    const end = await file.read(Buffer.alloc(1), 0, 1, size - 9)
    if (end.buffer[0] !== 0xff) throw refused('is cut off: it does not end as one')
  } finally {
    await file.close()
  }
}
