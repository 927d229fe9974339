import { createHash } from 'node:crypto'
import { AppError } from '@ordershop/core'
import { confirmMs } from './connection.ts'
import type { ScriptedRedis } from './scripts.ts'

/** Who must confirm a write beyond Redis' reply, and how many: replicas by WAIT, the disk by WAITAOF. */
export type Confirmation = { readonly command: 'WAIT' | 'WAITAOF'; readonly needed: number }

type Script = { readonly lua: string; readonly sha: string }

/** A script as `runConfirmed` takes it. */
export function scriptOf(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}

/** One call of a script; `attempted` begins the message when too few confirm it. */
export type ScriptCall = {
  readonly attempted: string
  readonly script: Script
  readonly keys: readonly string[]
  readonly args: readonly (string | number)[]
}

type Result = [error: Error | null, answer: unknown]

/**
 * Runs a script with its confirmation behind it, in one pipeline, because WAIT counts what its own connection has
 * written, and on a Cluster a WAIT by itself may go to another node.
 *
 * Not by the methods that ioredis makes of scripts: where Redis has forgotten one (SCRIPT FLUSH; evicted, from 7.4 on),
 * ioredis sends it again behind the WAIT, which has then confirmed nothing of it.
 *
 * @returns what the script returned, once enough have confirmed.
 * @throws AppError `unavailable` when fewer have confirmed than needed; else what Redis answered, or ioredis when it did not.
 */
export async function runConfirmed(
  redis: ScriptedRedis,
  { attempted, script, keys, args }: ScriptCall,
  confirmation: Confirmation,
): Promise<unknown> {
  const run = async (command: 'evalsha' | 'eval', sent: string) => {
    const pipeline = redis.pipeline()
    pipeline[command](sent, keys.length, ...keys, ...args)
    if (confirmation.command === 'WAIT') pipeline.wait(confirmation.needed, confirmMs)
    else pipeline.call('WAITAOF', '1', '0', String(confirmMs))
    return (await pipeline.exec()) as [Result, Result]
  }
  let results = await run('evalsha', script.sha)
  if (results[0][0]?.message.startsWith('NOSCRIPT')) results = await run('eval', script.lua)
  const [[failed, answer], [unconfirmed, confirmed]] = results
  const error = failed ?? unconfirmed
  if (error) throw error
  checkConfirmed(attempted, confirmation, confirmed)
  return answer
}

function checkConfirmed(attempted: string, { command, needed }: Confirmation, answer: unknown): void {
  const reached = Number(command === 'WAITAOF' ? (answer as unknown[])[0] : answer)
  if (reached >= needed) return
  const what = command === 'WAITAOF' ? 'disks' : 'replicas'
  throw new AppError(
    'unavailable',
    `${attempted}: ${reached} ${what} confirmed within ${confirmMs} ms, expected ${needed}; the outcome is unknown until it is repeated`,
  )
}
