import { join } from 'node:path'
import { commandServices, type ServiceName } from '@ordershop/contracts'
import { keyFiles } from '@ordershop/shop'
import { credentials } from './redis-users.ts'
import type { Settings } from './settings.ts'
import type { Program } from './supervised.ts'

const leaveWithParent = join(import.meta.dirname, 'leave-with-parent.ts')

/** What the programs must know of each other, asked when one starts. */
export type Surroundings = {
  /** The port of the Redis that the shop runs itself. */
  readonly redisPort: number | undefined
  /** Ports of all instances of a service. */
  portsOf(service: ServiceName): readonly number[]
}

/** Instance 1, 2, … of a service as a process. */
export function serviceProgram(
  settings: Settings,
  service: ServiceName,
  number: number,
  surroundings: Surroundings,
): Program {
  const instance = `${service}-${number}`
  const port = settings.ports.instance(service, number)
  return nodeProgram(settings, { service, instance, port }, `services/${service}/src/main.ts`, () => ({
    ...redisEnv(settings, service, surroundings.redisPort),
    ...(service === 'gateway' ? upstreamEnv(surroundings) : {}),
    ...(service === 'mail' && !settings.env.SMTP_URL
      ? { SMTP_URL: `smtp://127.0.0.1:${settings.ports.smtp}` }
      : {}),
    ...(settings.archiveIsServed && service !== 'archiver'
      ? { ARCHIVE_URL: `http://127.0.0.1:${settings.ports.instance('archiver', 1)}` }
      : {}),
    ...(service === 'monitor' ? { REBUILD_OVER_HTTP: 'on', SHOP_CONTROL_SOCKET: settings.socket } : {}),
    ...keyEnv(settings, service),
    INSTANCE: instance,
  }))
}

/** The mail catcher: SMTP in, HTTP out. */
export function mailboxProgram(settings: Settings): Program {
  const named = { service: 'mailbox', instance: 'mailbox', port: settings.ports.mailbox }
  return nodeProgram(settings, named, 'tools/check/src/mailbox.ts', () => ({
    SMTP_PORT: String(settings.ports.smtp),
  }))
}

function nodeProgram(
  settings: Settings,
  named: Pick<Program, 'service' | 'instance' | 'port'>,
  main: string,
  env: () => NodeJS.ProcessEnv,
): Program {
  return {
    ...named,
    logFile: join(settings.dir, 'logs', `${named.instance}.log`),
    isNode: true,
    command: () => ({
      file: process.execPath,
      args: [...heapArgs(settings), '--import', leaveWithParent, join(settings.root, main)],
      // Probes and metrics are where people look for them: beside the routes.
      env: { ...settings.env, ...env(), HOST: '127.0.0.1', PORT: String(named.port), OPS_PORT: '' },
    }),
  }
}

/** As the chart has it, in NODE_OPTIONS. */
function heapArgs({ heapMib }: Settings): string[] {
  return heapMib === undefined ? [] : [`--max-old-space-size=${heapMib}`, '--max-semi-space-size=4']
}

/** Each service as a user of its own; so CONFIG may not be read, and what `durable` sets is stated. */
function redisEnv({ dir }: Settings, service: ServiceName, port: number | undefined): NodeJS.ProcessEnv {
  if (port === undefined) return {}
  const stated = { REDIS_URL: `redis://127.0.0.1:${port}`, REDIS_APPENDFSYNC: 'always' }
  return { ...stated, ...credentials(dir, service) }
}

/** What each signs with, and whom it lets in: anybody may call the gateway; what people and load tests ask the monitor it asks nobody for. */
function keyEnv({ keysDir }: Settings, service: ServiceName): NodeJS.ProcessEnv {
  const file = (name: keyof typeof keyFiles) => join(keysDir, keyFiles[name])
  return {
    SIGNING_KEYS_FILE: file(service === 'gateway' ? 'gatewaySigning' : 'readerSigning'),
    CALLER_KEYS_FILE:
      service === 'gateway' ? '' : file(service === 'archiver' ? 'archiveCallers' : 'commandCallers'),
  }
}

function upstreamEnv({ portsOf }: Surroundings): NodeJS.ProcessEnv {
  const urls = (service: ServiceName) => portsOf(service).map((port) => `http://127.0.0.1:${port}`)
  return Object.fromEntries(
    [...commandServices, 'monitor' as const].map((service) => [
      `${service.toUpperCase()}_URL`,
      urls(service).join(','),
    ]),
  )
}
