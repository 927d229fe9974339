import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import which from 'which'

/** A program that ends on `stop`, and when we end, even by SIGKILL. */
export type ChildProcess = { stop(): Promise<void> }

// The shell waits for the end of its input, which comes with `stop` or with our own end.
const untilInputEnds = '"$@" </dev/null & read -r _; kill "$!"; wait "$!"'

export function startChild(file: string, args: readonly string[], logFile: string): ChildProcess {
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

/** The path of the first of these programs that is on PATH. @throws when none is, saying how to get one. */
export function programOnPath(names: readonly string[], advice: string): string {
  for (const name of names) {
    const path = which.sync(name, { nothrow: true })
    if (path) return path
  }
  throw new Error(`found no ${names.join(' or ')} on PATH: ${advice}`)
}
