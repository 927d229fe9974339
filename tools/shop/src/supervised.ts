import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

/** How one process is run. */
export type Program = {
  /** e.g. `order` */
  readonly service: string
  /** e.g. `order-2` */
  readonly instance: string
  readonly port: number
  readonly logFile: string
  /** A Node process ends with the supervisor, however that ends; see leave-with-parent.ts. */
  readonly isNode: boolean
  /** Asked at each start, so that a restart sees what has changed. */
  command(): { readonly file: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }
  /** Run after the process has ended, for what signals do not reach. */
  afterExit?(): void
}

/** `waiting`: it died and is started again soon. */
type ProcessState = 'running' | 'waiting' | 'stopped'

/** One process that is kept running until it is stopped. */
export type Supervised = {
  readonly program: Program
  readonly pid: number | null
  readonly state: ProcessState
  /** How the process ended last, e.g. `exited with 1`, if it did so by itself. */
  readonly lastEnd: string | undefined
  start(): void
  /** SIGTERM, then SIGKILL after `killAfterMs`; resolves once the process is gone. */
  stop(killAfterMs: number): Promise<void>
}

const firstDelayMs = 100
const longestDelayMs = 5_000
const settledAfterMs = 10_000

/** Keeps a program running: what dies is started again after 100 ms, doubling to 5 s, as Kubernetes would. */
export function supervise(program: Program): Supervised {
  let wanted = false
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let delayMs = firstDelayMs
  let lastEnd: string | undefined

  function launch(): void {
    timer = undefined
    const started = performance.now()
    const mine = spawnLogged(program)
    child = mine
    const ended = (how: string) => {
      if (child !== mine) return
      child = undefined
      program.afterExit?.()
      if (!wanted) return
      lastEnd = how
      if (performance.now() - started > settledAfterMs) delayMs = firstDelayMs
      timer = setTimeout(launch, delayMs)
      delayMs = Math.min(delayMs * 2, longestDelayMs)
    }
    mine.once('exit', (code, signal) => ended(signal ? `was killed by ${signal}` : `exited with ${code}`))
    mine.once('error', (error) => ended(`could not be started: ${error.message}`))
  }

  return {
    program,
    get pid() {
      return child?.pid ?? null
    },
    get state() {
      return child ? 'running' : wanted ? 'waiting' : 'stopped'
    },
    get lastEnd() {
      return lastEnd
    },
    start() {
      if (wanted) return
      wanted = true
      delayMs = firstDelayMs
      lastEnd = undefined
      // One that is still on its way out is followed by the new one as after any other end.
      if (!child) launch()
    },
    async stop(killAfterMs) {
      wanted = false
      clearTimeout(timer)
      timer = undefined
      if (child) await endOf(child, killAfterMs)
    },
  }
}

function spawnLogged({ logFile, isNode, command }: Program): ChildProcess {
  const { file, args, env } = command()
  const log = openSync(logFile, 'a')
  try {
    // A session of its own: Ctrl-C in the terminal reaches the supervisor only, which then stops all in good order.
    return spawn(file, args, {
      env,
      detached: true,
      stdio: ['ignore', log, log, ...(isNode ? (['ipc'] as const) : [])],
    })
  } finally {
    closeSync(log)
  }
}

function endOf(child: ChildProcess, killAfterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    const gone = () => {
      clearTimeout(killer)
      resolve()
    }
    child.once('exit', gone)
    child.once('error', gone)
    child.kill('SIGTERM')
  })
}
