// `scripts/shop`: runs the nine services, a Redis and a mail catcher on this machine.
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { AppError } from '@ordershop/core'
import { askShop, type ShopStatus, tellShop } from './control.ts'
import { runDemo } from './demo.ts'
import { isUpstream } from './fleet.ts'
import { withProgress } from './progress.ts'
import { reset } from './reset.ts'
import { type Settings, shopSettings } from './settings.ts'
import { showLag } from './show-lag.ts'
import { startSupervisor } from './supervisor.ts'
import { table } from '@ordershop/ops/table'
import { shopReady, up } from './up.ts'

const help = `usage: scripts/shop COMMAND

  up [--detach] [--no-demo]  start everything, wait until it is ready, show the article's nine steps
  down                       stop everything
  status [--json]            every process, and whether it is ready
  stop NAME, start NAME      one service (order), one process (order-2), redis or mailbox
  scale NAME N               run N processes of a service
  logs NAME                  print what a service has logged since \`up\`
  lag [--once]               how far every consumer group is behind, anew each second; once with --once or into a pipe
  demo                       show the nine steps
  reset [--yes]              delete everything the shop has stored; --yes also in a Redis that it did not start

SHOP_PORT_BASE (5000) moves all ports, SHOP_DIR (.shop) the state, REDIS_URL names a Redis to use instead of an own one.`

type Flags = {
  readonly detach: boolean
  readonly 'no-demo': boolean
  readonly json: boolean
  readonly yes: boolean
  readonly once: boolean
}
type Command = {
  readonly operands: number
  readonly flags: readonly (keyof Flags)[]
  run(settings: Settings, operands: readonly string[], flags: Flags): Promise<unknown>
}

const commands: Record<string, Command> = {
  up: {
    operands: 0,
    flags: ['detach', 'no-demo'],
    run: (settings, _, flags) => up(settings, { detach: flags.detach, demo: !flags['no-demo'] }),
  },
  down: { operands: 0, flags: [], run: down },
  status: { operands: 0, flags: ['json'], run: (settings, _, { json }) => status(settings, json) },
  stop: {
    operands: 1,
    flags: [],
    run: (settings, [name]) =>
      withProgress(`stopping ${name}`, () => tellShop(settings.socket, 'POST', '/stop', { name })),
  },
  start: { operands: 1, flags: [], run: start },
  scale: { operands: 2, flags: [], run: scale },
  logs: { operands: 1, flags: [], run: logs },
  lag: { operands: 0, flags: ['once'], run: (settings, _, { once }) => showLag(settings, once) },
  demo: { operands: 0, flags: [], run: (settings) => runDemo(settings) },
  reset: { operands: 0, flags: ['yes'], run: (settings, _, { yes }) => reset(settings, yes) },
  // What `up --detach` leaves running.
  supervise: { operands: 0, flags: [], run: async (settings) => (await startSupervisor(settings)).ended },
}

async function down(settings: Settings): Promise<void> {
  if (!(await askShop(settings.socket))) return console.log('the shop is not running')
  await withProgress('stopping the shop', () => tellShop(settings.socket, 'POST', '/down'))
  console.log('stopped')
}

async function status(settings: Settings, json: boolean): Promise<void> {
  const shop = (await askShop(settings.socket)) as ShopStatus | undefined
  const processes = shop?.processes ?? []
  if (json) {
    const fields = processes.map(({ service, instance, pid, port, ready }) => ({
      service,
      instance,
      pid,
      port,
      ready,
    }))
    return console.log(JSON.stringify(fields, null, 2))
  }
  if (!shop) return console.log('the shop is not running: `scripts/shop up` starts it')
  console.log(
    table(processes.map(({ instance, pid, port, state }) => ({ instance, pid: pid ?? '-', port, state }))),
  )
}

async function start(settings: Settings, [name]: readonly string[]): Promise<void> {
  await tellShop(settings.socket, 'POST', '/start', { name })
  await shopReady(settings, name)
}

async function scale(settings: Settings, [name = '', count]: readonly string[]): Promise<void> {
  await withProgress(`scaling ${name}`, () =>
    tellShop(settings.socket, 'POST', '/scale', { name, count: Number(count) }),
  )
  await shopReady(settings, name)
  if (isUpstream(name)) {
    console.log(
      `events are shared by all of them now; the gateway sends commands to all once it has started again`,
    )
  }
}

async function logs(settings: Settings, [name]: readonly string[]): Promise<void> {
  const processes = (await askShop(settings.socket))?.processes ?? []
  const instances = processes.filter(({ service, instance }) => service === name || instance === name)
  if (instances.length === 0)
    throw new AppError('not_found', `logs: no process is called ${name}; \`scripts/shop status\` lists them`)
  for (const { instance } of instances) {
    await pipeline(createReadStream(join(settings.dir, 'logs', `${instance}.log`)), stdout, { end: false })
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: Object.fromEntries(
      ['detach', 'no-demo', 'json', 'yes', 'once', 'help'].map((name) => [
        name,
        { type: 'boolean', default: false } as const,
      ]),
    ),
  })
  const [name = 'help', ...operands] = positionals
  if (name === 'help' || values.help) return console.log(help)
  const command = commands[name]
  if (!command) throw new AppError('invalid', `no command is called ${name}\n\n${help}`)
  const foreign = Object.keys(values).find(
    (flag) => values[flag] && !command.flags.some((known) => known === flag),
  )
  if (foreign) throw new AppError('invalid', `${name} has no option --${foreign}\n\n${help}`)
  if (operands.length !== command.operands) {
    throw new AppError(
      'invalid',
      `${name}: got ${operands.length} arguments, expected ${command.operands}\n\n${help}`,
    )
  }
  await command.run(shopSettings(process.env), operands, values as Flags)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
