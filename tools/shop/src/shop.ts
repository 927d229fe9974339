// `scripts/shop`: runs the services, a Redis and a mail catcher on this machine.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@ordershop/core'
import { withProgress } from '@ordershop/ops/progress'
import { table } from '@ordershop/ops/table'
import { Command } from 'commander'
import { askShop, tellShop } from './control.ts'
import { runDemo } from './demo.ts'
import { isUpstream } from './fleet.ts'
import { placeOrders } from './place-orders.ts'
import { reset } from './reset.ts'
import { shopSettings } from './settings.ts'
import { showLag } from './show-lag.ts'
import { startSupervisor } from './supervisor.ts'
import { shopReady, up } from './up.ts'

const settings = () => shopSettings(process.env)

const program = new Command('scripts/shop').addHelpText(
  'after',
  `
SHOP_PORT_BASE (5000) moves all ports, SHOP_DIR (.shop) the state, REDIS_URL names a Redis to use instead of an own one,
GATEWAY_URL a shop elsewhere for \`orders\`, API_TOKEN the token or API key that a shop with AUTH=required asks for. The log is archived in SHOP_DIR, or where ARCHIVE_URL says; SHOP_ARCHIVE=off archives nothing,
SHOP_ARCHIVE=served has all but the archiver read it there over HTTP, as on a cluster. ARCHIVE_KEEP_EVENTS, ARCHIVE_KEEP_MS and
ARCHIVE_MEMORY_TARGET say what of it stays in Redis, too: by default all of it. SHOP_HEAP_MIB bounds the heap of each process:
192 is what the chart gives most.`,
)
program
  .command('up')
  .description("start everything, wait until it is ready, show the article's nine steps")
  .option('--detach', 'return once it runs', false)
  .option('--no-demo', 'leave the nine steps out')
  .action(({ detach, demo }) => up(settings(), { detach, demo }))
program.command('down').description('stop everything').action(down)
program
  .command('status')
  .description('list every process, and whether it is ready')
  .option('--json', 'as JSON', false)
  .action(({ json }) => status(json))
program
  .command('stop <name>')
  .description('stop one service (order), one process (order-2), redis or mailbox')
  .action(async (name) => {
    await withProgress(`stopping ${name}`, () => tell('/stop', { name }))
  })
program
  .command('start <name>')
  .description('start what was stopped')
  .action(async (name) => {
    await tell('/start', { name })
    await shopReady(settings(), name)
  })
program.command('scale <name> <count>').description('run so many processes of a service').action(scale)
program.command('logs <name>').description('print what a service has logged since `up`').action(logs)
program
  .command('lag')
  .description('show how far behind every consumer group is, each second')
  .option('--once', 'only now, as into a pipe', false)
  .action(({ once }) => showLag(settings(), once))
program
  .command('demo')
  .description('show the nine steps')
  .action(() => runDemo(settings()))
program
  .command('orders [count]')
  .description('place orders (default 100) for which stock suffices, and wait until each is confirmed')
  .action((count = '100') => placeOrders(process.env.GATEWAY_URL || settings().gatewayUrl, count))
program
  .command('reset')
  .description('delete everything the shop has stored')
  .option('--yes', 'also in a Redis that it did not start', false)
  .action(({ yes }) => reset(settings(), yes))
// What `up --detach` leaves running.
program.command('supervise', { hidden: true }).action(async () => (await startSupervisor(settings())).ended)

function tell(path: string, body: object): Promise<unknown> {
  return tellShop(settings().socket, 'POST', path, body)
}

async function down(): Promise<void> {
  if (!(await askShop(settings().socket))) return console.log('the shop is not running')
  await withProgress('stopping the shop', () => tell('/down', {}))
  console.log('stopped')
}

async function status(json: boolean): Promise<void> {
  const shop = await askShop(settings().socket)
  const processes = shop?.processes ?? []
  if (json) {
    const fields = processes.map(({ state: _, ...machineReadable }) => machineReadable)
    return console.log(JSON.stringify(fields, null, 2))
  }
  if (!shop) return console.log('the shop is not running: `scripts/shop up` starts it')
  const rows = processes.map(({ instance, pid, port, state }) => ({
    ...{ instance, pid: pid ?? '-', port, peak: peakMemory(pid), state },
  }))
  console.log(table(rows))
}

/** The most memory that a process has had resident, as Linux alone knows it. */
function peakMemory(pid: number | null): string {
  const file = `/proc/${pid}/status`
  const kib = existsSync(file) ? /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return kib === undefined ? '-' : `${Math.ceil(Number(kib) / 1024)} MiB`
}

async function scale(name: string, count: string): Promise<void> {
  await withProgress(`scaling ${name}`, () => tell('/scale', { name, count: Number(count) }))
  await shopReady(settings(), name)
  if (isUpstream(name))
    console.log('they share the events at once; the gateway sends them commands after its next start')
}

async function logs(name: string): Promise<void> {
  const { dir, socket } = settings()
  const processes = (await askShop(socket))?.processes ?? []
  const instances = processes.filter(({ service, instance }) => service === name || instance === name)
  if (instances.length === 0)
    throw new AppError('not_found', `logs: no process is called ${name}; \`scripts/shop status\` lists them`)
  for (const { instance } of instances)
    await pipeline(createReadStream(join(dir, 'logs', `${instance}.log`)), stdout, { end: false })
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
