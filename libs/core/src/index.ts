export { type Decider, fold } from './decider.ts'
export {
  AppError,
  describeError,
  type ErrorCode,
  errorCode,
  type FieldProblem,
  isStaleVersion,
  staleVersion,
} from './error.ts'
export { refusedFields, shown } from './fields.ts'
export { type Backoff, backoffMs, type RetryOptions, retry } from './retry.ts'
