import { type Span, type SpanOptions, type Tracing, unrecorded } from './span.ts'
import { parseTraceparent } from './traceparent.ts'

let tracing: Tracing | undefined

/** What the spans of this process are made by from now on; `undefined` = nothing is traced. */
export function setTracing(made: Tracing | undefined): void {
  tracing = made
}

/** Whether what this trace context leads to is shown in a trace. */
export function isTraced(traceparent: string | undefined): traceparent is string {
  return tracing !== undefined && traceparent !== undefined && parseTraceparent(traceparent).sampled
}

/**
 * Begins a span. Where nothing is recorded it costs nothing and hands on the trace context that it was given.
 *
 * Only a `server` begins a trace, and there the sampler decides: all else is recorded if what led to it is.
 */
export function beginSpan(name: string, options: SpanOptions): Span {
  const { kind, parent } = options
  const begins = kind === 'server' && parent === undefined
  if (tracing && (begins || isTraced(parent))) return tracing.begin(name, options)
  return unrecorded(parent)
}

/** Runs `work` in a span, which ends with it; what `work` throws is marked on the span and thrown. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T> | T,
): Promise<T> {
  const span = beginSpan(name, options)
  try {
    return await work(span)
  } catch (error) {
    span.end(error)
    throw error
  } finally {
    span.end()
  }
}
