export { withStore } from './with-store.ts'
