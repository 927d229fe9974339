import { expect, test } from 'vitest'
import { baseSchema, parseConfig } from './config.ts'
import { sampledShare } from './tracing-config.ts'

const share = (env: Record<string, string>) => {
  const config = parseConfig(baseSchema, { PORT: '1', ...env })
  return sampledShare(config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG)
}

test.each([
  [{}, 1],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_on', OTEL_TRACES_SAMPLER_ARG: '0.5' }, 1],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' }, 0.01],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' }, 1],
])('%o records the share %d', (env: Record<string, string>, expected) => {
  expect(share(env)).toBe(expected)
})
