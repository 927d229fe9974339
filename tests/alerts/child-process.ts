import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that ends when it is told to, and also when we end, even by SIGKILL. */
export type Attached = { stop(): Promise<void> }

// The shell waits for the end of its input, which comes with `stop` or with our own end.
const untilInputEnds = '"$@" </dev/null & read -r _; kill "$!"; wait "$!"'

export function attach(file: string, args: readonly string[], logFile: string): Attached {
  const log = openSync(logFile, 'a')
  const shell = spawn('sh', ['-c', untilInputEnds, 'sh', file, ...args], { stdio: ['pipe', log, log] })
  closeSync(log)
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()))
  return {
    stop() {
      shell.stdin?.end()
      return ended
    },
  }
}

/** The first of these programs that is on PATH. @throws when none is, saying how to get one. */
export function programOnPath(names: readonly string[], advice: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = names.find((name) => folders.some((folder) => existsSync(join(folder, name))))
  if (found) return found
  throw new Error(`found no ${names.join(' or ')} on PATH: ${advice}`)
}
