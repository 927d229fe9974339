// The supervisor is spoken to by plain HTTP over a unix socket: `curl --unix-socket .shop/control.sock http://shop/`.
import { existsSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { AppError, errorCode } from '@ordershop/core'
import type { Fleet, ProcessStatus } from './fleet.ts'

/** What a supervisor tells of itself. */
export type ShopStatus = {
  /** Of the supervisor. */
  readonly pid: number
  readonly phase: ShopPhase
  readonly redis: ShopRedis
  /** The ARCHIVE_URL that its processes have; absent where nothing is archived. */
  readonly archive?: string
  readonly processes: readonly ProcessStatus[]
}

/** `running` once every process was told to start, ready or not. */
export type ShopPhase = 'starting' | 'running' | 'stopping'

/** Where the shop's data lies; `url` is absent where Sentinels or a Cluster were given. */
export type ShopRedis = { readonly url?: string; readonly own: boolean }

export type ControlOptions = {
  readonly socket: string
  readonly fleet: Fleet
  readonly redis: ShopRedis
  readonly archive: string | undefined
  phase(): ShopPhase
  /** Stops everything; the process ends after the answer was sent. */
  down(): Promise<void>
}

/** Listens on the socket. @throws AppError `conflict` when another supervisor listens there. */
export async function listenForControl({
  socket,
  fleet,
  redis,
  archive,
  phase,
  down,
}: ControlOptions): Promise<Server> {
  const actions: Record<string, (input: { name: string; count: number }) => unknown> = {
    'GET /': async (): Promise<ShopStatus> => ({
      pid: process.pid,
      phase: phase(),
      redis,
      ...(archive ? { archive } : {}),
      processes: await fleet.status(),
    }),
    'POST /start': ({ name }) => fleet.start(name),
    'POST /stop': ({ name }) => fleet.stop(name),
    'POST /scale': ({ name, count }) => fleet.scale(name, count),
    'POST /down': down,
  }
  const server = createServer(async (incoming, outgoing) => {
    const reply = (status: number, body: unknown) => outgoing.writeHead(status).end(JSON.stringify(body))
    try {
      const action = actions[`${incoming.method} ${incoming.url}`]
      if (!action) throw new AppError('not_found', `${incoming.method} ${incoming.url}: no such action`)
      reply(200, (await action(JSON.parse((await textOf(incoming)) || '{}'))) ?? {})
    } catch (error) {
      reply(400, { code: errorCode(error), message: error instanceof Error ? error.message : String(error) })
    }
  })
  if (await askShop(socket)) throw new AppError('conflict', 'the shop is running already')
  rmSync(socket, { force: true })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve))
  return server
}

/** The status of the running shop, or `undefined` when none runs. */
export async function askShop(socket: string): Promise<ShopStatus | undefined> {
  if (!existsSync(socket)) return undefined
  return tellShop(socket, 'GET', '/').catch((error: unknown) => {
    if (errorCode(error) === 'unavailable') return undefined
    throw error
  }) as Promise<ShopStatus | undefined>
}

/** The environment of a program that looks at the shop: Redis as the caller named it, else as the running shop has it; its archive. */
export function shopEnv(env: NodeJS.ProcessEnv, shop: ShopStatus | undefined): NodeJS.ProcessEnv {
  if (!shop) return env
  const url = shop.redis.own ? shop.redis.url : undefined
  return { ...env, ...(url ? { REDIS_URL: url } : {}), ARCHIVE_URL: shop.archive }
}

/** Sends one action. @throws AppError `unavailable` when no shop is running, or what the shop answers. */
export function tellShop(
  socket: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, method, path }, async (incoming) => {
      const answer = JSON.parse(await textOf(incoming))
      if (incoming.statusCode === 200) resolve(answer)
      else reject(new AppError(answer.code, answer.message))
    })
    call.once('error', (cause) =>
      reject(
        new AppError('unavailable', 'the shop is not running: expected `scripts/shop up` before', { cause }),
      ),
    )
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  return Buffer.concat(await incoming.toArray()).toString()
}
