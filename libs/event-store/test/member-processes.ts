import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll } from 'vitest'

/** What a member process tells of itself. */
type Told = { fenced: number; forked: number; owned: number; rows: number }

/** A Redis for a file's tests, and member processes on it; all end with the file. */
export function membersOnRedis() {
  let server: RedisServer
  const redis = () => server
  const members = memberProcesses(redis)
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(async () => {
    await members.endAll()
    await server.stop()
  })
  return { redis, members }
}

/** Starts and ends member processes, and reads what they tell. */
function memberProcesses(redis: () => RedisServer) {
  const script = fileURLToPath(new URL('member-process.ts', import.meta.url))
  const children = new Set<ChildProcess>()

  return {
    /** @param poison which event ends the process, see member-process.ts. @param archive a folder. */
    start(poison = '', archive = ''): ChildProcess {
      const args = ['--max-old-space-size=64', script, redis().url, poison, archive]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
      children.add(child)
      return child
    },
    async told(child: ChildProcess): Promise<Told> {
      const value = await redis().client.hget('told', String(child.pid))
      return {
        fenced: 0,
        forked: 0,
        owned: 0,
        rows: 0,
        ...(value ? (JSON.parse(value) as Partial<Told>) : {}),
      }
    },
    async kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
      const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
      child.kill('SIGCONT')
      child.kill(signal)
      await exited
      children.delete(child)
    },
    async endAll(): Promise<void> {
      await Promise.all([...children].map((child) => this.kill(child)))
    },
    /** Every handled event in the order handled, key → versions. */
    async seen(): Promise<Map<string, number[]>> {
      const byKey = new Map<string, number[]>()
      for (const [, fields] of await redis().client.xrange('seen', '-', '+')) {
        const [key, version] = [fields[1] as string, Number(fields[3])]
        const versions = byKey.get(key)
        if (versions) versions.push(version)
        else byKey.set(key, [version])
      }
      return byKey
    },
  }
}

/** How often an event came that was first seen after a later one of its key. */
export function reorderings(seen: ReadonlyMap<string, readonly number[]>): number {
  let count = 0
  for (const versions of seen.values()) {
    let highest = 0
    for (const version of new Set(versions)) {
      if (version < highest) count++
      highest = Math.max(highest, version)
    }
  }
  return count
}
