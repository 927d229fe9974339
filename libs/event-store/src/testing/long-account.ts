import { setTimeout as pause } from 'node:timers/promises'
import type { EventStore } from '../event-store.ts'
import { type LedgerEvent, movement } from './ledger.ts'

/** Appends 2,500 events to the account `long`. */
export async function appendLong(store: EventStore<LedgerEvent>): Promise<void> {
  const events: LedgerEvent[] = Array.from({ length: 500 }, (_, i) => ({ type: 'moved', data: { cents: i } }))
  for (let i = 0; i < 5; i++) await store.append(movement('long', 0, { events }))
}

/** Runs `work` beside a client that appends to `long`, at uneven times: so some fall between two pages. */
export async function whileAppending(
  store: EventStore<LedgerEvent>,
  work: () => Promise<void>,
): Promise<void> {
  await appendLong(store)
  let over = false
  const appending = (async () => {
    for (; !over; await pause(Math.random() * 4)) await store.append(movement('long', 1))
  })()
  await work().finally(() => {
    over = true
  })
  await appending
}
