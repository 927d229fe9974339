import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { AppError } from '@ordershop/core'
import { type ByteRange, checkName, type Objects } from './objects.ts'

/** What a write that broke off leaves behind; no name begins with a dot. */
const unfinished = '.unfinished-'

/**
 * Objects as files of a folder, which is made when something is first written. What resolved is on the disk: file and
 * folder are fsynced.
 */
export function folderObjects(root: string): Objects {
  const pathOf = (name: string) => {
    checkName(name)
    return join(root, ...name.split('/'))
  }

  /** Writes the bytes beside `path`, then lets `place` give them their name. */
  async function put(path: string, bytes: Uint8Array, place: (from: string) => Promise<void>): Promise<void> {
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    const temporary = join(folder, `${unfinished}${randomUUID()}`)
    try {
      const file = await open(temporary, 'wx')
      await file
        .writeFile(bytes)
        .then(() => file.sync())
        .finally(() => file.close())
      await place(temporary)
      await syncFolder(folder)
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    create: (name, bytes) =>
      told(`create ${name}`, async () => {
        const path = pathOf(name)
        // A link, because it fails where there is a file: a rename would take its place.
        return put(path, bytes, (from) => link(from, path)).then(
          () => true,
          (error: unknown) => {
            if (codeOf(error) === 'EEXIST') return false
            throw error
          },
        )
      }),
    replace: (name, bytes) =>
      told(`replace ${name}`, () => put(pathOf(name), bytes, (from) => rename(from, pathOf(name)))),
    remove: (name) => told(`remove ${name}`, () => rm(pathOf(name), { force: true })),

    read: (name, range) => told(`read ${name}`, () => readFrom(pathOf(name), range)),
    list: (prefix, { after = '', limit }) =>
      told(`list ${prefix}`, async () => {
        // No other folder is looked at: an archive has as many files in them as it has days.
        const folder = join(root, ...prefix.split('/').slice(0, -1))
        const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(emptyWhereAbsent)
        return files
          .filter((file) => file.isFile() && !file.name.startsWith('.'))
          .map((file) => relative(root, join(file.parentPath, file.name)).split(sep).join('/'))
          .filter((name) => name.startsWith(prefix) && name > after)
          .sort()
          .slice(0, limit)
      }),
  }
}

async function readFrom(path: string, range?: ByteRange): Promise<Uint8Array | null> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (!file) return null
  try {
    if (!range) return await file.readFile()
    const buffer = Buffer.alloc(range.count)
    const { bytesRead } = await file.read(buffer, 0, range.count, range.start)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

function emptyWhereAbsent(error: unknown): [] {
  if (codeOf(error) === 'ENOENT') return []
  throw error
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

async function told<T>(attempted: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('unavailable', `archive: ${attempted}: ${(error as Error).message}`, { cause: error })
  }
}
