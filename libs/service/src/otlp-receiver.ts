import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as a collector receives it. */
export type ReceivedSpan = {
  readonly service: string
  readonly name: string
  /** As in OTLP: 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  /** Absent for the first span of a trace. */
  readonly parentSpanId?: string
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly attributes: Readonly<Record<string, unknown>>
  /** `code` 2 is an error. */
  readonly status: { readonly code?: number; readonly message?: string }
}

/** A collector for tests: takes OTLP as JSON over HTTP, on a free local port. */
export type OtlpReceiver = {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`, with `OTEL_EXPORTER_OTLP_PROTOCOL=http/json`. */
  readonly url: string
  /** All that has come so far. */
  spans(): readonly ReceivedSpan[]
  close(): Promise<void>
}

/** Starts one. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/traces') spans.push(...spansOf(await jsonOf(request)))
    response
      .writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' })
      .end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => spans,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
type Attribute = { key: string; value: Record<string, unknown> }
type Traces = {
  resourceSpans: {
    resource: { attributes: Attribute[] }
    scopeSpans: { spans: (Omit<ReceivedSpan, 'service' | 'attributes'> & { attributes: Attribute[] })[] }[]
  }[]
}

async function jsonOf(request: IncomingMessage): Promise<Traces> {
  return JSON.parse(Buffer.concat(await request.toArray()).toString())
}

function spansOf({ resourceSpans }: Traces): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name'])
    const received = scopeSpans.flatMap(({ spans }) => spans)
    return received.map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) }))
  })
}

/** A value is wrapped in the name of its type: `{ intValue: 3 }`. */
function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}
