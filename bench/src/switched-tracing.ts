// Loaded before a service by `--import`: its tracing is switched on and off by messages, so that both are measured in
// the same process, by turns too short for the machine to change in between.
import { createLog } from '@ordershop/service'
import { otelTracing, setTracing } from '@ordershop/service/testing'

const { COLLECTOR_URL, SAMPLED } = process.env
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = COLLECTOR_URL
const tracing = otelTracing(
  { service: 'bench', instance: String(process.pid), sampled: Number(SAMPLED) },
  createLog({ service: 'bench', level: 'warn' }),
)
// The service itself shall not begin another.
delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT

process.on('message', (on: boolean) => {
  setTracing(on ? tracing : undefined)
  process.send?.(on)
})
// The channel is not to keep alive what is to stop.
process.channel?.unref()
