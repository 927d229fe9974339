// Emmett's event store on PostgreSQL, as installed: every commit is on disk before it is acknowledged.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { freePort, killAtExit } from '@ordershop/event-store/testing'
import { during } from './load.ts'
import type { Thing } from './things.ts'

export type EmmettOnPostgres = {
  /** Appends one event to a new stream each, for so many milliseconds. Events per second. */
  append(ms: number, concurrency: number, event: () => Thing): Promise<number>
  stop(): Promise<void>
}

export async function startEmmettOnPostgres(): Promise<EmmettOnPostgres | undefined> {
  const bin = globSync('/usr/lib/postgresql/*/bin').at(-1)
  if (!bin) {
    console.error('no PostgreSQL below /usr/lib/postgresql: its column is left out')
    return undefined
  }
  const dir = await mkdtemp(join(tmpdir(), 'postgres-'))
  const port = await freePort()
  // PostgreSQL refuses to run as root; Debian's package brings a user.
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const owner = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(dir, owner.uid, owner.gid)
  const data = join(dir, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '--auth=trust'], {
    ...owner,
    stdio: 'ignore',
  })
  const settings = ['-p', `${port}`, '-k', dir, '-c', 'listen_addresses=127.0.0.1']
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...owner, stdio: 'ignore' })
  killAtExit(server)
  const isReady = ['-h', '127.0.0.1', '-p', `${port}`]
  await eventually(() => execFileSync(join(bin, 'pg_isready'), isReady, { stdio: 'ignore' }), {
    withinMs: 20_000,
  })
  const store = getPostgreSQLEventStore(`postgresql://bench@127.0.0.1:${port}/postgres`)
  await store.schema.migrate()

  return {
    append: (ms, concurrency, event) =>
      during(ms, concurrency, () =>
        store.appendToStream(newId(), [event()], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
      ),
    async stop() {
      await store.close()
      server.kill('SIGTERM')
      await once(server, 'exit')
      await rm(dir, { recursive: true })
    },
  }
}
