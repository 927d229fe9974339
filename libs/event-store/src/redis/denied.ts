// What Redis says to a user who lacks a permission, as a sentence that names the user and what was asked.
import type { RedisSettings } from './settings.ts'

type Denied = Error & { user?: string; command?: { name: string; args: readonly unknown[] } }

// To a command, and from Redis 7.0 and from 7.2 on to a command of a script.
const denial = /^NOPERM\b|^ERR (The user executing the script can't|ACL failure in script)/

const longest = 300

/** Told of each refusal, as a sentence. */
export type OnDenied = (sentence: string) => void

/** Notes on a denial whose it is, because the reply does not say. What a check may be refused is no news. */
export function markDenied(error: Denied, { username, url }: RedisSettings, onDenied?: OnDenied): void {
  if (!denial.test(error.message)) return
  const named = url && URL.canParse(url) ? decodeURIComponent(new URL(url).username) : ''
  error.user = named || username || 'default'
  if (error.command?.name !== 'config') onDenied?.(denied(error) ?? error.message)
}

const tellEachMs = 60_000

/** Says it once a minute at most: whatever loop was refused tries again, and most say nothing while Redis is away. */
export function tellDenied(tell: (sentence: string) => void): OnDenied {
  let toldAt = Number.NEGATIVE_INFINITY
  return (sentence) => {
    if (performance.now() - toldAt < tellEachMs) return
    toldAt = performance.now()
    tell(sentence)
  }
}

/** The sentence, or `undefined` for any other error. */
export function denied(error: unknown): string | undefined {
  const { message, user, command } = error as Denied
  if (!denial.test(message)) return undefined
  const asked = command ? ` for ${whatOf(command.name, command.args)}` : ''
  return `Redis user ${user ?? 'default'} lacks a permission${asked}: ${message}`
}

/** Without values: they may be secrets, and are long. */
function whatOf(name: string, args: readonly unknown[]): string {
  const isScript = /^eval/i.test(name)
  if (!isScript) return `${name.toUpperCase()} ${String(args[0] ?? '')}`.trim().slice(0, longest)
  const keys = args.slice(2, 2 + Number(args[1])).map(String)
  return `a script on ${keys.join(' ')}`.slice(0, longest)
}
