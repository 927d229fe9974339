import { type ServiceName, services } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import getPort, { clearLockedPorts, portNumbers } from 'get-port'

/** Ports of one shop, all relative to its base (default 5000), so that several shops fit on one machine. */
export type Ports = {
  readonly redis: number
  readonly smtp: number
  readonly mailbox: number
  /** The port of instance 1, 2, … of a service. */
  instance(service: ServiceName, number: number): number
}

/** What the ports of the table of services are counted from. */
export const defaultBase = services.gateway.port

const instanceStep = 20
const smtpOffset = 25
const mailboxOffset = 80
const redisOffset = 1390

export function portsFrom(base: number): Ports {
  return {
    redis: base + redisOffset,
    smtp: base + smtpOffset,
    mailbox: base + mailboxOffset,
    instance: (service, number) => base + instanceOffset(services[service].port - defaultBase, number),
  }
}

/** Instances are 20 ports apart; the mail catcher's two ports lie in that grid and are left out. */
function instanceOffset(first: number, number: number): number {
  let offset = first
  for (let left = number - 1; left > 0; left--) {
    do offset += instanceStep
    while (offset === smtpOffset || offset === mailboxOffset)
  }
  return offset
}

export async function isFree(port: number): Promise<boolean> {
  // get-port keeps a port that it has named for itself for a while.
  clearLockedPorts()
  return (await getPort({ port, host: '127.0.0.1' })) === port
}

/** @throws AppError `unavailable` naming the first port in use and the variable that moves it. */
export async function requireFree(wanted: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, port] of Object.entries(wanted)) {
    if (await isFree(port)) continue
    throw new AppError(
      'unavailable',
      `port ${port} (${name}) is taken: stop what listens there, or move all ports of the shop with SHOP_PORT_BASE, e.g. SHOP_PORT_BASE=${port < 20_000 ? 20_000 : 30_000}`,
    )
  }
}

/** The wanted port, or the next free one of the ten from there. */
export async function freePortFrom(wanted: number): Promise<number> {
  clearLockedPorts()
  const last = wanted + 9
  const port = await getPort({ port: portNumbers(wanted, last), host: '127.0.0.1' })
  if (port >= wanted && port <= last) return port
  throw new AppError(
    'unavailable',
    `ports ${wanted} to ${last} (redis) are all taken: move all ports of the shop with SHOP_PORT_BASE`,
  )
}
