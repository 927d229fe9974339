// What goes wrong in the drill, and how its runbook repairs it.
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { portsFrom } from '@ordershop/local-shop/ports'
import type { Redis } from 'ioredis'
import { SMTPServer } from 'smtp-server'
import { opsCommand, type Sandbox, shopCommand } from '../e2e/sandbox.ts'
import type { Labels } from './prometheus.ts'

/** One thing that goes wrong, and the alerts that it must cause: name and labels. */
export type Fault = {
  readonly what: string
  readonly alerts: readonly Labels[]
  provoke(): Promise<unknown>
  heal(): Promise<unknown>
}

export type Drilled = {
  readonly sandbox: Sandbox
  readonly redis: Redis
  /** How many orders have been acknowledged so far. */
  orders(): number
}

/** A mail server that defers every mail: after five attempts its events are parked. */
export function mailsDeferred({ sandbox }: Drilled): Fault {
  const { smtp } = portsFrom(sandbox.portBase)
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_to, _session, done) =>
      done(Object.assign(new Error('try again later'), { responseCode: 451 })),
  })
  server.on('error', () => {})
  return {
    what: 'the mail server defers every mail',
    alerts: [
      { alertname: 'EventStoreParkedEvents', group: 'mail' },
      { alertname: 'EventStoreParkedTooLong', group: 'mail' },
    ],
    async provoke() {
      await shopCommand(sandbox, 'stop', 'mailbox')
      await new Promise<void>((resolve) => server.listen(smtp, '127.0.0.1', resolve))
      await eventually(async () => (await parkedKeys(sandbox)) > 0, { withinMs: 30_000, everyMs: 500 })
      // The server recovers at once; what is parked stays until it is replayed.
      await new Promise<void>((resolve) => server.close(resolve))
      await shopCommand(sandbox, 'start', 'mailbox')
    },
    heal: () => opsCommand(sandbox, 'parked', 'replay', 'mail'),
  }
}

async function parkedKeys(sandbox: Sandbox): Promise<number> {
  return JSON.parse(await opsCommand(sandbox, '--json', 'parked', 'list', 'mail')).length
}

export function consumersStopped({ sandbox }: Drilled): Fault {
  return {
    what: 'crm and read-model are stopped',
    alerts: [
      { alertname: 'EventStoreGroupWithoutOwner', group: 'crm', topic: 'order' },
      { alertname: 'EventStoreLagOverTarget', group: 'crm', topic: 'order' },
      { alertname: 'EventStoreLagGrowing', group: 'crm', topic: 'order' },
      { alertname: 'EventStoreProjectionStuck', group: 'read-model.v1', topic: 'order' },
    ],
    async provoke() {
      for (const service of ['crm', 'read-model']) await shopCommand(sandbox, 'stop', service)
    },
    async heal() {
      for (const service of ['read-model', 'crm']) await shopCommand(sandbox, 'start', service)
    },
  }
}

export function monitorStopped({ sandbox }: Drilled): Fault {
  return {
    what: 'monitor is stopped',
    alerts: [{ alertname: 'EventStoreMonitorAbsent' }],
    provoke: () => shopCommand(sandbox, 'stop', 'monitor'),
    heal: () => shopCommand(sandbox, 'start', 'monitor'),
  }
}

export function archiverStopped({ sandbox }: Drilled): Fault {
  return {
    what: 'archiver is stopped',
    alerts: [{ alertname: 'EventStoreArchiveBehind', topic: 'order' }],
    provoke: () => shopCommand(sandbox, 'stop', 'archiver'),
    heal: () => shopCommand(sandbox, 'start', 'archiver'),
  }
}

/** As when a volume is gone: what should be a folder is none. */
export function archiveUnavailable({ sandbox }: Drilled): Fault {
  const [archive, away] = [join(sandbox.dir, 'archive'), join(sandbox.dir, 'archive-away')]
  return {
    what: 'the folder of the archive is gone',
    alerts: [{ alertname: 'EventStoreArchiveFailing', topic: 'order' }],
    async provoke() {
      renameSync(archive, away)
      writeFileSync(archive, '')
    },
    async heal() {
      rmSync(archive)
      renameSync(away, archive)
    },
  }
}

/** As when it was emptied: Redis has recorded events that it does not have. */
export function archiveEmptied({ sandbox }: Drilled): Fault {
  const [archive, away] = [join(sandbox.dir, 'archive', 'order'), join(sandbox.dir, 'orders-away')]
  return {
    what: 'the archive of topic order is emptied',
    alerts: [{ alertname: 'EventStoreArchiveBroken', topic: 'order' }],
    provoke: async () => renameSync(archive, away),
    async heal() {
      rmSync(archive, { recursive: true, force: true })
      renameSync(away, archive)
    },
  }
}

export function memoryFull({ redis }: Drilled): Fault {
  return {
    what: 'Redis has less maxmemory than it uses',
    alerts: [
      { alertname: 'RedisMemoryNearlyFull' },
      { alertname: 'RedisMemoryAboveTarget' },
      { alertname: 'RedisRejectingWrites', err: 'OOM' },
      { alertname: 'EventStoreAppendsUnavailable', topic: 'order' },
    ],
    provoke: () => redis.config('SET', 'maxmemory', '1mb'),
    heal: () => redis.config('SET', 'maxmemory', '0'),
  }
}

export function appendOnlyOff({ redis }: Drilled): Fault {
  return {
    what: 'the append-only file of Redis is switched off',
    alerts: [{ alertname: 'RedisNotPersisting' }],
    provoke: () => redis.config('SET', 'appendonly', 'no'),
    async heal() {
      await redis.config('SET', 'appendonly', 'yes')
      const written = async () => (await redis.info('persistence')).includes('aof_rewrite_in_progress:0')
      await eventually(written, { withinMs: 10_000, everyMs: 100 })
    },
  }
}

/** As after a failover to a replica that was behind: Redis comes back as it was some orders ago. */
export function historyLost({ sandbox, orders }: Drilled): Fault {
  const data = join(sandbox.dir, 'redis')
  const before = join(sandbox.dir, 'redis-before')
  return {
    what: 'Redis comes back without its last events',
    alerts: [{ alertname: 'EventStoreHistoryFork', topic: 'order' }],
    async provoke() {
      cpSync(data, before, { recursive: true })
      const seen = orders()
      await eventually(() => orders() > seen + 10, { withinMs: 30_000 })
      await shopCommand(sandbox, 'stop', 'redis')
      rmSync(data, { recursive: true })
      cpSync(before, data, { recursive: true })
      await shopCommand(sandbox, 'start', 'redis')
    },
    // What is lost is lost; the alert ends an hour after the last loss was found.
    heal: async () => {},
  }
}
