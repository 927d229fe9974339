// Which commands change something, and the record that each of those leaves: who had what done, and what became of it.
import { AppError, errorCode } from '@ordershop/core'
import type { AuditRecord, Operations } from '@ordershop/event-store'
import { withStore } from '@ordershop/shop'
import type { Command } from 'commander'
import type { Report } from './command.ts'

/**
 * - `reads`: leaves all as it is
 * - `changes`: the store; without a record it is not done
 * - `files`: only what is not in Redis, which may be away or lost; without a record it is done all the same, and says so
 */
const kinds: Readonly<Record<string, 'reads' | 'changes' | 'files'>> = {
  lag: 'reads',
  rebuild: 'changes',
  verify: 'reads',
  audit: 'reads',
  'parked list': 'reads',
  'parked replay': 'changes',
  'parked skip': 'changes',
  'parked discard': 'changes',
  'parked decisions': 'reads',
  'api-keys new': 'files',
  'archive status': 'reads',
  'archive seal': 'changes',
  'archive verify': 'reads',
  'archive export': 'reads',
  'archive restore': 'changes',
  'archive cut': 'changes',
  'backup store': 'files',
  'backup list': 'reads',
  'backup fetch': 'reads',
  'signing-keys new': 'files',
  'signing-keys add': 'files',
  'signing-keys use': 'files',
  'signing-keys retire': 'files',
  acl: 'reads',
}

/** What a command is called: `parked list`. */
export function nameOf(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name()
}

/** Of every command that does something. */
export function namesOf(command: Command): string[] {
  return command.commands.length === 0 ? [nameOf(command)] : command.commands.flatMap(namesOf)
}

/** @throws Error for a command that nobody has classed: then no command works, so it is found at once. */
export function kindOf(name: string) {
  const kind = new Map(Object.entries(kinds)).get(name)
  if (!kind) throw new Error(`${name}: expected it to be among the kinds of commands`)
  return kind
}

/** How a command ended; without a reason it has been done. */
type End = (reason?: string) => Promise<void>

/** Records that a command begins, where it is one that changes something; what it answers is called when it has ended. */
export async function beginning(env: NodeJS.ProcessEnv, command: Command, operator: string): Promise<End> {
  const action = nameOf(command)
  const kind = kindOf(action)
  if (kind === 'reads') return async () => {}
  const act = { operator, action, detail: detailOf(command) }
  const record: Operations['recordAct'] = (one) => withStore(env, ({ ops }) => ops.recordAct(one))
  let begun: string
  try {
    begun = await record({ ...act, outcome: 'begun' })
  } catch (error) {
    if (kind === 'changes' || errorCode(error) !== 'unavailable') throw error
    return async () => console.error(`ordershop-ops: not recorded: ${(error as Error).message}`)
  }
  return async (reason) => {
    await record({ ...act, begun, ...(reason ? { outcome: 'failed', reason } : { outcome: 'done' }) })
  }
}

/** Arguments and options as they were given. None of them is a secret: those are in files, of which only the name is here. */
function detailOf(command: Command): string {
  const given = Object.entries(command.opts()).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli',
  )
  return [...command.args, ...given.map(([name, value]) => `--${name} ${value}`)].join(' ')
}

/** What operators have had done, oldest first: a line for each that has ended, or has not. */
export async function auditReport(
  ops: Pick<Operations, 'acts'>,
  { since, limit }: { readonly since?: string; readonly limit: string },
): Promise<Report> {
  if (!/^[1-9]\d{0,3}$|^10000$/.test(limit))
    throw new AppError('invalid', `--limit is '${limit}', expected a whole number from 1 to 10000`)
  const from = since === undefined ? undefined : new Date(since)
  if (from && (Number.isNaN(from.getTime()) || !/^\d{4}-\d\d-\d\dT/.test(`${since}`)))
    throw new AppError('invalid', `--since is '${since}', expected a time (2026-11-28T03:00:00Z)`)
  const records = await ops.acts({ limit: Number(limit), ...(from ? { since: from } : {}) })
  const ended = new Set(records.map(({ begun }) => begun))
  const told = records.filter(({ id, outcome }) => outcome !== 'begun' || !ended.has(id))
  return { rows: told.map(rowOf), none: 'no operator has changed anything' }
}

function rowOf({ at, operator, action, detail, outcome, reason }: AuditRecord): Report['rows'][number] {
  const came = outcome === 'begun' ? 'begun, not ended' : reason ? `failed: ${reason}` : outcome
  return { at, operator, action, detail, outcome: came }
}
