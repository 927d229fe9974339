export { entityEvents } from './history.ts'
export { type LogRoutes, logRoutes } from './log-routes.ts'
export { type StreamLimits, streamLimits } from './streams.ts'
