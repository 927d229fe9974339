export { eventStoreContract, type MakeStore } from './event-store-contract.ts'
export { type FaultyProxy, faultyProxy } from './faulty-proxy.ts'
export { freePort, mendAof, type RedisServer, startRedis } from './redis-server.ts'
export { rowsAfter } from './rows-after.ts'
