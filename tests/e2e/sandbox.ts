// Where the tests' own shop lives, beside one that a person runs on the default ports, and its command line.
import { execFile, fork } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFree, portsFrom } from '@ordershop/local-shop/ports'
import { root } from '../root.ts'

/** Where one shop lives: `SHOP_DIR` and `SHOP_PORT_BASE`, and what else its processes find in their environment. */
export type Sandbox = {
  /** `.test/<name>-logs` keeps what its processes have said. */
  readonly name: string
  readonly dir: string
  readonly portBase: number
  readonly env: Readonly<Record<string, string>>
}

/** Takeovers are waited for, so leases are short. */
const leaseMs = 2_000

/** A new sandbox. What runs there ends with the tests, however they end; `end` stops it earlier. */
export async function newSandbox(
  name: string,
  env: Sandbox['env'] = {},
): Promise<{ sandbox: Sandbox; end(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), `ordershop-${name}-`))
  const sandbox = { name, dir, portBase: await freePortBase(), env }
  const keeper = fork(new URL('./end-with-tests.ts', import.meta.url), [JSON.stringify(sandbox)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  async function end(): Promise<void> {
    await endShop(sandbox)
    keeper.kill()
  }
  return { sandbox, end }
}

/** Runs `scripts/shop` as a person does and returns what it printed. @throws with its complaint when it fails. */
export function shopCommand(sandbox: Sandbox, ...args: string[]): Promise<string> {
  return script(sandbox, 'shop', args)
}

/** Runs `scripts/ordershop-ops` on the shop, the same way. */
export function opsCommand(sandbox: Sandbox, ...args: string[]): Promise<string> {
  return script(sandbox, 'ordershop-ops', args)
}

async function script(sandbox: Sandbox, name: string, args: readonly string[]): Promise<string> {
  // An export of everything that other tests have left is long.
  const options = { env: envOf(sandbox), maxBuffer: 256 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)(join(root, 'scripts', name), args, options)
  return stdout
}

/** What its processes find in their environment: that of the tests, without what is the caller's alone. */
export function envOf({ dir, portBase, env }: Sandbox): NodeJS.ProcessEnv {
  // Neither a caller's Redis nor its mail server or collector may see what tests do, nor do they call with its credential, and services must not find themselves in vitest.
  const foreign = /^(REDIS_|SMTP_|SHOP_|OTEL_|ARCHIVE_|AUTH(_|$)|API_TOKEN$|VITEST|NODE_ENV$|NODE_OPTIONS$)/
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return {
    ...Object.fromEntries(kept),
    SHOP_DIR: dir,
    SHOP_PORT_BASE: String(portBase),
    LEASE_MS: String(leaseMs),
    ...env,
  }
}

/** Stops the shop and removes its folder, but for the logs. */
export async function endShop(sandbox: Sandbox): Promise<void> {
  await shopCommand(sandbox, 'down')
  const [logs, kept] = [join(sandbox.dir, 'logs'), join(root, `.test/${sandbox.name}-logs`)]
  rmSync(kept, { recursive: true, force: true })
  if (existsSync(logs)) cpSync(logs, kept, { recursive: true })
  rmSync(sandbox.dir, { recursive: true, force: true })
}

/** A base none of whose first ports is in use; below the range that outgoing connections take theirs from. */
async function freePortBase(): Promise<number> {
  for (;;) {
    const base = 10_000 + 100 * Math.floor(Math.random() * 200)
    const { redis, smtp, mailbox } = portsFrom(base)
    const wanted = [...Array.from({ length: 20 }, (_, offset) => base + offset), redis, smtp, mailbox]
    const free = await Promise.all(wanted.map(isFree))
    if (free.every(Boolean)) return base
  }
}
