import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Logger } from './log.ts'

/** How often a file is looked at, in milliseconds. */
const defaultEveryMs = 5_000
const maxBytes = 1024 * 1024

/**
 * What is in a file of at most 1 MiB, also after it has changed: it is read every 5 s, by its path, so that a link that points
 * elsewhere from now on, as `..data` of a Secret's volume does, is followed. What cannot be read or parsed is one error
 * in the log, and the last that could stays.
 *
 * @throws what `parse` throws, or an error of the file system, if it is bad from the start.
 */
export function reread<T>(
  file: string,
  parse: (text: string) => T,
  log?: Pick<Logger, 'info' | 'error'>,
  everyMs = defaultEveryMs,
): () => T {
  let seen = readFileSync(file, 'utf8')
  let current = parse(seen)
  let problem = ''
  const look = async () => {
    try {
      const text = await contentOf(file)
      if (text === seen && problem === '') return
      current = parse(text)
      if (text !== seen) log?.info({ file }, 'a file has changed, and is used from now on')
      seen = text
      problem = ''
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      if (why !== problem)
        log?.error({ file, problem: why }, 'a file has changed and is of no use: the old content stays')
      problem = why
    }
  }
  // One look after the other: what a slow one has read may be older than what the next one has.
  const lookLater = (): void => void setTimeout(() => look().then(lookLater), everyMs).unref()
  lookLater()
  return () => current
}

async function contentOf(file: string): Promise<string> {
  // Opened once: what is taken away between two calls would be two problems.
  const opened = await open(file)
  try {
    const { size } = await opened.stat()
    if (size > maxBytes) throw new Error(`${file}: expected at most ${maxBytes} bytes, got ${size}`)
    return await opened.readFile('utf8')
  } finally {
    await opened.close()
  }
}
