import { AppError } from '@ordershop/core'
import type { Append } from '../entity.ts'
import type { Catalog, Recorded } from '../event.ts'
import type { RowWrite } from '../rows/row.ts'

/** A small language for tests: accounts that are opened, moved and closed, and notes about them. */
export type LedgerEvent =
  | { readonly type: 'opened'; readonly data: { readonly owner: string } }
  | { readonly type: 'moved'; readonly data: { readonly cents: number } }
  | { readonly type: 'closed'; readonly data: Record<string, never> }
  | { readonly type: 'noted'; readonly data: { readonly text: string } }

const types = ['opened', 'moved', 'closed', 'noted']

/** Topics `account` and `note`. `moved` is at schema version 2: version 1 had `amount` in whole units. */
export const ledger: Catalog<LedgerEvent> = {
  topics: ['account', 'note'],
  schemaVersion(topic, type) {
    if (!types.includes(type))
      throw new AppError('invalid', `${topic}: event type is '${type}', expected ${types.join(', ')}`)
    return type === 'moved' ? 2 : 1
  },
  parse(topic, type, schemaVersion, data) {
    if (!types.includes(type))
      throw new AppError('invalid', `${topic}: event type is '${type}', expected ${types.join(', ')}`)
    const fields = data as Record<string, unknown>
    if (type !== 'moved') return { type, data } as LedgerEvent
    const cents = schemaVersion === 1 ? Number(fields.amount) * 100 : fields.cents
    if (!Number.isInteger(cents))
      throw new AppError('invalid', `moved: cents is ${JSON.stringify(cents)}, expected a whole number`)
    return { type, data: { cents: cents as number } }
  },
}

/** Rows of the ledger: who has an account, its balance, and every movement in order. */
export function ledgerRows(event: Recorded<LedgerEvent>): RowWrite[] {
  const id = event.entity_id
  switch (event.type) {
    case 'opened':
      return [
        ['SADD', 'account_ids', id],
        ['HSET', `account_entity:${id}`, 'owner', event.data.owner, 'version', event.version],
      ]
    case 'moved':
      return [
        ['RPUSH', `account_movements:${id}`, event.data.cents],
        ['HSET', `account_entity:${id}`, 'version', event.version],
        ['HINCRBY', `account_entity:${id}`, 'balance', event.data.cents],
      ]
    case 'closed':
      return [
        ['SREM', 'account_ids', id],
        ['DEL', `account_entity:${id}`],
        ['DEL', `account_movements:${id}`],
      ]
    case 'noted':
      if (event.data.text === 'poison') throw new Error('this note cannot be projected')
      return [['HSET', `note_entity:${id}`, 'text', event.data.text]]
  }
}

let commands = 0

/** An append of one movement to an account, with a command id of its own. */
export function movement(
  entityId: string,
  cents: number,
  more: Partial<Append<LedgerEvent>> & { readonly commandId?: string } = {},
): Append<LedgerEvent> & { readonly commandId: string } {
  const events: LedgerEvent[] = [{ type: 'moved', data: { cents } }]
  const commandId = `test-${process.pid}-${++commands}`
  return { topic: 'account', entityId, expected: 'any', commandId, events, ...more }
}

/** Names an account. */
export const account = (entityId: string) => ({ topic: 'account', entityId })

/** What was moved, and the names of other events. */
export const cents = (events: readonly Recorded<LedgerEvent>[]) =>
  events.map((event) => (event.type === 'moved' ? event.data.cents : event.type))

/** Lets nothing else of this process run: no timer, no answer. */
export function blockFor(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}
