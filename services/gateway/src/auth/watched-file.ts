import { readFile, stat } from 'node:fs/promises'
import { setInterval } from 'node:timers/promises'
import { AppError } from '@ordershop/core'
import type { Logger } from '@ordershop/service'

const maxBytes = 1024 * 1024

/** What a file says now. */
export type WatchedFile<T> = { current(): T; close(): void }

/**
 * A file that is read every second, and parsed when it says something else. It is not watched by inotify: Kubernetes replaces
 * a Secret by turning a symlink above it, which leaves a watch with the old file.
 *
 * A file that cannot be read or parsed any more changes nothing: what it said before stays in force, and one line of the log
 * says why.
 *
 * @param text what it says at first. @throws what `parse` throws of that.
 */
export function watchedFile<T>(
  path: string,
  text: string,
  parse: (text: string) => T,
  log: Logger,
  everyMs = 1_000,
): WatchedFile<T> {
  let seen = text
  let value = parse(text)
  let problem = ''

  async function look(): Promise<void> {
    const now = await textOf(path)
    if (now === seen) return
    seen = now
    value = parse(now)
    problem = ''
    log.info({ file: path }, 'file read anew')
  }
  function complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (message !== problem) log.error({ file: path, problem: message }, 'file refused: it counts as before')
    problem = message
  }
  async function watch(signal: AbortSignal): Promise<void> {
    for await (const _ of setInterval(everyMs, undefined, { signal, ref: false }))
      await look().catch(complain)
  }
  const closing = new AbortController()
  watch(closing.signal).catch(() => {}) // It was closed.
  return { current: () => value, close: () => closing.abort() }
}

/** A file's text. @throws AppError `invalid` for one over 1 MiB; what the file system throws. */
async function textOf(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > maxBytes)
    throw new AppError('invalid', `${path}: expected at most ${maxBytes} bytes, got ${size}`)
  return readFile(path, 'utf8')
}
