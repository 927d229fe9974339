// The only file that knows OpenTelemetry's SDK. It is loaded when there is a collector to send to, else never.
import { randomUUID } from 'node:crypto'
import {
  type Context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SamplingDecision,
  type Span as SdkSpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { defaultResource, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { errorCode } from '@ordershop/core'
import type { Logger } from './log.ts'
import { rateLimitedLog } from './rate-limited-log.ts'
import { type Span, type Tracing, unrecorded } from './span.ts'
import { formatTraceparent, parseTraceparent } from './traceparent.ts'

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

/**
 * Spans by OpenTelemetry's SDK, which reads its own variables, `OTEL_…`, from the environment. They are sent in batches
 * beside the work: at most 2,048 wait, the rest is dropped. An unreachable collector costs spans and a line in the
 * log now and then, never a request.
 *
 * Of the traces that begin here the share `sampled`, 0 to 1, is recorded; one that began elsewhere is recorded if its traceparent says so.
 */
export function otelTracing(
  process: { service: string; instance: string; sampled: number },
  log: Logger,
): Tracing {
  const named = { 'service.name': process.service, 'service.instance.id': process.instance }
  const sdk = new NodeSDK({
    resource: defaultResource().merge(resourceFromAttributes(named)),
    resourceDetectors: [envDetector],
    // It is asked for what is to be recorded, and for nothing else.
    sampler: { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }) },
    // Metrics are scraped, and log lines go to standard output.
    metricReaders: [],
    logRecordProcessors: [],
  })
  tellInLog(log)
  sdk.start()
  const tracer = trace.getTracer('ordershop')
  return {
    begin(name, { kind, parent, links = [], attributes }) {
      if (parent === undefined && Math.random() >= process.sampled) return unrecorded(unsampledContext())
      const linked = links.map((link) => ({ context: spanContextOf(link) }))
      return asSpan(
        tracer.startSpan(name, { kind: kinds[kind], attributes, links: linked }, contextOf(parent)),
      )
    },
    async stop(withinMs) {
      const lost = (error: unknown) => diag.error(String(error))
      await Promise.race([sdk.shutdown().catch(lost), new Promise((end) => setTimeout(end, withinMs))])
      trace.disable()
    },
  }
}

/** A trace context that says to everybody after it: not recorded. Asking the SDK for one costs a service several percent. */
function unsampledContext(): string {
  const id = randomUUID().replaceAll('-', '')
  return formatTraceparent({ traceId: id, spanId: id.slice(16), sampled: false })
}

/** What the SDK complains of; without this it would be on the console, and for each batch. */
function tellInLog(log: Logger): void {
  const limited = rateLimitedLog(log)
  const tell = (message: string) =>
    limited('warn', { problem: message.slice(0, 500) }, 'traces are being lost')
  const ignore = () => {}
  const logger = { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore }
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
}

function contextOf(parent: string | undefined): Context {
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent))
}

function spanContextOf(traceparent: string): SpanContext {
  const { traceId, spanId, sampled } = parseTraceparent(traceparent)
  return { traceId, spanId, traceFlags: sampled ? 1 : 0, isRemote: true }
}

function asSpan(span: SdkSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext()
  let ended = false
  return {
    traceparent: formatTraceparent({ traceId, spanId, sampled: (traceFlags & 1) === 1 }),
    set: (attributes) => void span.setAttributes(attributes),
    rename: (name) => void span.updateName(name),
    end(error) {
      if (ended) return
      ended = true
      if (error !== undefined) mark(span, error)
      span.end()
    },
  }
}

function mark(span: SdkSpan, error: unknown): void {
  const code = errorCode(error)
  span.setAttribute('error.type', code)
  // A conflict is an answer: somebody was faster, or it is done already.
  if (code === 'conflict') return
  const message = error instanceof Error ? error.message : String(error)
  span.setStatus({ code: SpanStatusCode.ERROR, message })
}
