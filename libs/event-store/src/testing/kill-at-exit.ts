import type { ChildProcess } from 'node:child_process'

/** Kills a process that was started when this one ends first. */
export function killAtExit(child: ChildProcess): void {
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}
