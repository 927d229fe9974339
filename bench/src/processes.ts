// Services as processes of their own, as in production; only then do their figures say something.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalog } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { freePort, killAtExit } from '@ordershop/event-store/testing'
import { openStoreOf } from './ours.ts'

const root = resolve(import.meta.dirname, '../..')

export type Processes = {
  /** Starts a service, `nodeArgs` before its program, and returns its URL once it is ready; it is then the last child. */
  start(service: string, env?: Record<string, string>, nodeArgs?: readonly string[]): Promise<string>
  /** Starts a program of the bench. */
  program(file: string, env?: Record<string, string>): Promise<string>
  readonly children: readonly ChildProcess[]
  /** Milliseconds of processor that all have used. */
  cpuMs(): number
  stop(): Promise<void>
}

export function processesOn(redisUrl: string, durability: 'memory' | 'fsync'): Processes {
  const children: ChildProcess[] = []
  let created: Promise<void> | undefined

  async function launch(args: readonly string[], more: Record<string, string>): Promise<string> {
    const port = String(await freePort())
    const shared = { REDIS_URL: redisUrl, DURABILITY: durability, LOG_LEVEL: 'warn', NODE_ENV: 'production' }
    const env = { PATH: process.env.PATH, ...shared, PORT: port, ...more }
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    killAtExit(child)
    children.push(child)
    const url = `http://127.0.0.1:${port}`
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { withinMs: 30_000 })
    return url
  }

  return {
    async start(service, more = {}, nodeArgs = []) {
      // A service waits for the topics that it reads, also for those of services that do not run here.
      created ??= openStoreOf(catalog, { url: redisUrl }, durability).then((store) => store.close())
      await created
      return launch([...nodeArgs, join(root, 'services', service, 'src/main.ts')], more)
    },
    program: (file, more = {}) => launch([join(import.meta.dirname, file)], more),
    children,
    cpuMs: () => children.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    async stop() {
      await Promise.all(
        children.map((child) => {
          child.kill('SIGTERM')
          return once(child, 'exit')
        }),
      )
    },
  }
}

// https://man7.org/linux/man-pages/man5/proc_pid_schedstat.5.html: the first number is time on a processor, in nanoseconds.
export function cpuMsOf(pid: number | undefined): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}
