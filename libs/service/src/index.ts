export { parseBody } from './body.ts'
export { type RequestCause, requestCause } from './cause.ts'
export {
  type BaseConfig,
  baseSchema,
  groupSettings,
  parseConfig,
  type StoreSettings,
  storeSettings,
} from './config.ts'
export type { Health } from './health.ts'
export { type AnswerProblem, methodNotAllowed, type Problem, statusOf } from './http.ts'
export { createLog, type Log } from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { eventStoreObserver } from './observer.ts'
export { runService, type ServiceContext, type ServiceOptions } from './run.ts'
export type { Attributes, Span, SpanOptions } from './span.ts'
export { traced } from './tracing.ts'
