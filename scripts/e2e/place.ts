// Where the tests' own shop lives, beside whatever a person runs on the usual ports, and its command line.
import { execFile, fork } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFree, portsFrom } from '../src/ports.ts'
import { root } from '../src/settings.ts'

/** Where one shop lives: `SHOP_DIR` and `SHOP_PORT_BASE`. */
export type Place = { readonly dir: string; readonly portBase: number }

/** Takeovers are waited for, so leases are short. */
const leaseMs = 2_000

/** A place of its own; `end` stops the shop that was started there. The shop ends with us, however we end. */
export async function ownPlace(): Promise<{ readonly place: Place; end(): Promise<void> }> {
  const place = { dir: mkdtempSync(join(tmpdir(), 'ordershop-e2e-')), portBase: await freePortBase() }
  const keeper = fork(new URL('./end-with-tests.ts', import.meta.url), [place.dir, String(place.portBase)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return {
    place,
    async end() {
      await endShop(place)
      keeper.kill()
    },
  }
}

/** Runs `scripts/shop` as a person does and returns what it printed. @throws with its complaint when it fails. */
export function shopCommand(place: Place, ...args: string[]): Promise<string> {
  return script(place, 'shop', args)
}

/** Runs `scripts/ordershop-ops` on the shop, the same way. */
export function opsCommand(place: Place, ...args: string[]): Promise<string> {
  return script(place, 'ordershop-ops', args)
}

async function script(place: Place, name: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(root, 'scripts', name), args, { env: envOf(place) })
  return stdout
}

function envOf({ dir, portBase }: Place): NodeJS.ProcessEnv {
  // Neither a caller's Redis nor its mail server may see what tests do, and services must not find themselves in vitest.
  const foreign = /^(REDIS_|SMTP_|SHOP_|VITEST|NODE_ENV$|NODE_OPTIONS$)/
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return {
    ...Object.fromEntries(kept),
    SHOP_DIR: dir,
    SHOP_PORT_BASE: String(portBase),
    LEASE_MS: String(leaseMs),
  }
}

/** Stops the shop and removes its folder; `.test/e2e-logs` keeps what its processes have said. */
export async function endShop(place: Place): Promise<void> {
  await shopCommand(place, 'down')
  const [logs, kept] = [join(place.dir, 'logs'), join(root, '.test/e2e-logs')]
  rmSync(kept, { recursive: true, force: true })
  if (existsSync(logs)) cpSync(logs, kept, { recursive: true })
  rmSync(place.dir, { recursive: true, force: true })
}

/** A base none of whose first ports is in use; below the range that outgoing connections take theirs from. */
async function freePortBase(): Promise<number> {
  for (;;) {
    const base = 10_000 + 100 * Math.floor(Math.random() * 200)
    const { redis, smtp, mailbox } = portsFrom(base)
    const wanted = [...Array.from({ length: 10 }, (_, offset) => base + offset), redis, smtp, mailbox]
    const free = await Promise.all(wanted.map(isFree))
    if (free.every(Boolean)) return base
  }
}
