export { admission } from './admission.ts'
export { parseBody, requireMergePatch } from './body.ts'
export { type RequestSigner, requestSigner } from './callers.ts'
export { type RequestCause, requestCause } from './cause.ts'
export { type BaseConfig, baseSchema, fileOf, isLoopback, parseConfig, wholeNumber } from './config.ts'
export type { Health } from './health.ts'
export { type AnswerProblem, httpError, methodNotAllowed, type Problem, problemOf, statusOf } from './http.ts'
export {
  newSigningKey,
  type PublicKey,
  publicKeyOf,
  type SigningKey,
  signingKeysIn,
} from './keys.ts'
export { createLog, type Logger } from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { eventStoreObserver } from './observer.ts'
export { maxTogether, posted, type TogetherAnswered } from './posted.ts'
export { answerProblemDetails, problemDetails } from './problem-details.ts'
export { reread } from './reread.ts'
export { type ProcessContext, type ProcessOptions, runProcess } from './run.ts'
export { isSwaggerUi } from './security-headers.ts'
export type { Attributes, Span, SpanOptions } from './span.ts'
export { isStreamed, markStreamed } from './streamed.ts'
export { traced } from './tracing.ts'
