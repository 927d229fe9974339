/** Names and values as in OpenTelemetry's semantic conventions. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** What is known of a piece of work when it begins. */
export type SpanOptions = {
  readonly kind: 'server' | 'client' | 'producer' | 'consumer'
  /** W3C trace context of what led to it. */
  readonly parent: string | undefined
  /** Trace contexts of others that led to it, too. */
  readonly links?: readonly string[]
  readonly attributes: Attributes
}

/** One piece of work in a trace. */
export type Span = {
  /** Trace context for what this leads to; `undefined` where there is no trace. */
  readonly traceparent: string | undefined
  set(attributes: Attributes): void
  rename(name: string): void
  /** Only the first call counts. @param error what the work has failed with. */
  end(error?: unknown): void
}

/** What makes spans and sends them away. */
export type Tracing = {
  begin(name: string, options: SpanOptions): Span
  /** Sends what is left, for at most so long. */
  stop(withinMs: number): Promise<void>
}

/** A span of which nothing is kept but the trace context, for what it leads to. */
export function unrecorded(traceparent: string | undefined): Span {
  return { traceparent, set() {}, rename() {}, end() {} }
}
