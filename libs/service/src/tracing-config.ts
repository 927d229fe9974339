import { z } from 'zod'

// Those that ask nobody twice: whether a trace is recorded is decided where it begins, or it would have holes.
const samplers = ['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const

/** Those of OpenTelemetry's variables that one would miss most if they were misspelled: the SDK itself ignores bad ones. */
export const tracingVariables = {
  /** `http://host:4318` of a collector; without it nothing is traced, and nothing of it loaded. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'expected http://… or https://…')
    .optional(),
  /** Default `http/protobuf`. */
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf', 'http/json', 'grpc']).optional(),
  /** Default `parentbased_always_on`. */
  OTEL_TRACES_SAMPLER: z.enum(samplers).optional(),
  /** How many traces of all are recorded, 0 to 1; default 1. */
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .refine((text) => Number(text) >= 0 && Number(text) <= 1, 'expected a number from 0 to 1')
    .optional(),
  OTEL_SDK_DISABLED: z.enum(['true', 'false']).default('false'),
}

/** The share of traces, of those that begin here, that the sampler named by the environment records: 0 to 1. */
export function sampledShare(
  sampler: (typeof samplers)[number] = 'parentbased_always_on',
  ratio = '1',
): number {
  if (sampler === 'parentbased_traceidratio') return Number(ratio)
  return sampler === 'parentbased_always_on' ? 1 : 0
}
