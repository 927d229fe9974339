import { memoryEventStore } from '../index.ts'
import { eventStoreContract } from '../testing/index.ts'
import { ledger } from '../testing/ledger.ts'

eventStoreContract('the event store in memory', async () => {
  const store = memoryEventStore({ catalog: ledger, partitions: 4 })
  return { store, dispose: () => store.close() }
})
