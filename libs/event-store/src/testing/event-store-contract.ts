import { afterEach, beforeEach, describe } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { appendAllContract } from './append-all-contract.ts'
import { appendContract } from './append-contract.ts'
import { decidingContract } from './deciding-contract.ts'
import { decidingOnManyContract } from './deciding-on-many-contract.ts'
import { historyContract } from './history-contract.ts'
import type { LedgerEvent } from './ledger.ts'
import { pastContract } from './past-contract.ts'
import { projectionContract } from './projection-contract.ts'
import { readContract } from './read-contract.ts'
import { rememberingContract } from './remembering-contract.ts'
import { subscriptionContract } from './subscription-contract.ts'
import { watchContract } from './watch-contract.ts'

/** How the suite makes a store: fresh and empty, with the `ledger` catalog and 4 partitions. */
export type MakeStore = () => Promise<{
  readonly store: EventStore<LedgerEvent>
  /** Closes the store and throws away what it holds. */
  readonly dispose: () => Promise<void>
}>

/** What every event store must do; run it over each implementation. */
export function eventStoreContract(name: string, make: MakeStore): void {
  describe(name, () => {
    let made: Awaited<ReturnType<MakeStore>>
    beforeEach(async () => {
      made = await make()
    })
    afterEach(() => made.dispose())
    const store = () => made.store
    appendContract(store)
    appendAllContract(store)
    readContract(store)
    pastContract(store)
    decidingContract(store)
    rememberingContract(store)
    decidingOnManyContract(store)
    subscriptionContract(store)
    projectionContract(store)
    watchContract(store)
    historyContract(store)
  })
}
