import { commandServices, type ServiceName } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { requireFree } from './ports.ts'
import { mailboxProgram, serviceProgram } from './programs.ts'
import { redisAnswers } from './redis.ts'
import type { Settings } from './settings.ts'
import { type Program, type Supervised, supervise } from './supervised.ts'

/** One line of `shop status`; the first five fields are what `--json` prints. */
export type ProcessStatus = {
  readonly service: string
  readonly instance: string
  readonly pid: number | null
  readonly port: number
  readonly ready: boolean
  readonly state: string
}

/** Every process of the shop. Names are those of a service (`order`) or of one instance (`order-2`). */
export type Fleet = {
  status(): Promise<readonly ProcessStatus[]>
  /** Starts what is stopped of the named; everything when no name is given, Redis first. */
  start(name?: string): Promise<void>
  /** Stops the named gracefully; everything when no name is given, Redis last. */
  stop(name?: string): Promise<void>
  /** Starts or stops instances until the service has `count`. Resolves once they are started or gone. */
  scale(service: string, count: number): Promise<void>
}

const mostInstances = 20

export function openFleet(settings: Settings, redis: Program | undefined): Fleet {
  const portsOf = (service: ServiceName) =>
    members.filter(({ program }) => program.service === service).map(({ program }) => program.port)
  const surroundings = { redisPort: redis?.port, portsOf }
  const instance = (service: ServiceName, number: number) =>
    supervise(serviceProgram(settings, service, number, surroundings))

  let members: Supervised[] = [
    ...(redis ? [supervise(redis)] : []),
    supervise(mailboxProgram(settings)),
    ...settings.services.map((service) => instance(service, 1)),
  ]

  const stopAll = async (some: readonly Supervised[]) => {
    // Requests first, then what they lead to, then what all of them stand on.
    for (const tier of [1, 2, 3, 4]) {
      const now = some.filter(({ program }) => tierOf(program.service) === tier)
      await Promise.all(now.map((member) => member.stop(settings.killAfterMs)))
    }
  }

  return {
    status: () => Promise.all(members.map(statusOf)),
    async start(name) {
      for (const member of named(members, name)) member.start()
    },
    stop: (name) => stopAll(named(members, name)),
    async scale(service, count) {
      const known = scalable(settings.services, service, count)
      const present = members.filter(({ program }) => program.service === known)
      for (let number = present.length + 1; number <= count; number++) {
        const member = instance(known, number)
        await requireFree({ [member.program.instance]: member.program.port })
        members = [...members, member]
        member.start()
      }
      const leaving = present.slice(count)
      await stopAll(leaving)
      members = members.filter((member) => !leaving.includes(member))
    },
  }
}

function tierOf(service: string): number {
  if (service === 'gateway') return 1
  if (service === 'mailbox') return 3
  return service === 'redis' ? 4 : 2
}

function named(members: readonly Supervised[], name: string | undefined): readonly Supervised[] {
  if (name === undefined) return members
  const found = members.filter(({ program }) => program.service === name || program.instance === name)
  if (found.length > 0) return found
  const names = [...new Set(members.map(({ program }) => program.service))]
  throw new AppError(
    'not_found',
    `no process is called ${name}, expected one of ${names.join(', ')}, or an instance such as order-1`,
  )
}

function scalable(services: readonly ServiceName[], service: string, count: number): ServiceName {
  const known = services.find((name) => name === service)
  if (!known) throw new AppError('invalid', `scale ${service}: expected one of ${services.join(', ')}`)
  if (Number.isInteger(count) && count >= 1 && count <= mostInstances) return known
  throw new AppError(
    'invalid',
    `scale ${service} to ${count}: expected a whole number from 1 to ${mostInstances}; \`stop\` makes it none`,
  )
}

/** Whether the gateway must start again to send commands to new instances of a service. */
export function isUpstream(service: string): boolean {
  return commandServices.some((name) => name === service)
}

async function statusOf(member: Supervised): Promise<ProcessStatus> {
  const { service, instance, port } = member.program
  const ready = member.state === 'running' && (await answers(service, port))
  const state = ready ? 'ready' : member.state === 'running' ? 'starting' : member.state
  const why = !ready && member.lastEnd ? `${state} (it ${member.lastEnd})` : state
  return { service, instance, pid: member.pid, port, ready, state: why }
}

async function answers(service: string, port: number): Promise<boolean> {
  if (service === 'redis') return redisAnswers(port)
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
