import type { EventStore } from '../event-store.ts'
import type { LedgerEvent } from './ledger.ts'

/** The store that the present test has. */
export type TestedStore = () => EventStore<LedgerEvent>
