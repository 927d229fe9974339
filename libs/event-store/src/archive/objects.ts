import { AppError } from '@ordershop/core'

/**
 * Where an archive is kept: named pieces of bytes, as a folder or an object store has them. All or nothing: whoever
 * reads a name finds a whole object or none, also after a crash in the middle of a write.
 *
 * Names are words of `A-Z a-z 0-9 . _ : -`, with a `/` between. Every call rejects with `unavailable` when the store
 * cannot be reached, is full or refuses, within a bounded time; then an object may be there or not, and the same call may be repeated.
 */
export type Objects = {
  /** Writes an object that is not there yet. False when one of that name is: it stays as it is. */
  create(name: string, bytes: Uint8Array): Promise<boolean>
  /** Writes an object in place of the one that is there, if any. */
  replace(name: string, bytes: Uint8Array): Promise<void>
  /** Removes an object, if it is there. */
  remove(name: string): Promise<void>
  /** An object, or `count` bytes of it from `start` on, fewer where it ends before; `null` when there is none. */
  read(name: string, range?: ByteRange): Promise<Uint8Array | null>
  /** Names that begin with `prefix`, in the order of their bytes, `limit` of those behind `after`. */
  list(prefix: string, options: { after?: string; limit: number }): Promise<readonly string[]>
}

/** Part of an object, in bytes. */
export type ByteRange = { readonly start: number; readonly count: number }

/** @throws AppError `invalid` unless every word of a name fits. */
export function checkName(name: string): void {
  if (name.length <= 512 && name.split('/').every((word) => /^[\w:-][\w.:-]*$/.test(word))) return
  throw new AppError(
    'invalid',
    `archive: an object is called '${name.slice(0, 100)}', expected words of A-Z a-z 0-9 . _ : - with / between`,
  )
}
