export { type Context, type Parts, runService, type ServiceOptions } from './run-service.ts'
export { groupSettings, type StoreSettings, storeSettings } from './store-settings.ts'
export { withStore } from './with-store.ts'
export { appendOnce, carryOut, positionOf } from './writes.ts'
