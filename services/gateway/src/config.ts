import { commandServices, services } from '@ordershop/contracts'
import { wholeNumber } from '@ordershop/service'
import { z } from 'zod'
import type { Upstream } from './upstreams.ts'

const isHttpUrl = (text: string) => /^https?:\/\/[^\s/]+$/.test(text)

/** One base URL of a service, or several with commas: a request that one of them cannot take goes to the next. */
const urls = (local: string) =>
  z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim().replace(/\/$/, '')))
    .refine((list) => list.every(isHttpUrl), 'expected http://host:port, or several with commas')
    .default([local])

const upstreams: readonly Upstream[] = [...commandServices, 'monitor']

type UrlVariable = `${Uppercase<Upstream>}_URL`
const variableOf = (service: Upstream) => `${service.toUpperCase()}_URL` as UrlVariable

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text

/** Pages of these origins may call the shop, `https://shop.example`, several with commas; default: of none. */
export const originVariable = {
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), 'expected https://host, or several with commas')
    .default([]),
}

/** Readers of `/v1/events` at a time, each about 0.25 MiB; default 100, which a process of 256 MiB has room for, also when they are slow and events large. */
export const streamVariable = { MAX_STREAMS: wholeNumber(0, 10_000).default(100) }

/** Where people look at traces, `https://traces.example/trace/{trace_id}`; default: nowhere. */
export const traceVariable = {
  TRACE_URL: z
    .string()
    .regex(/^https?:\/\/\S*\{trace_id\}\S*$/, 'expected https://…, with {trace_id} in it')
    .optional(),
}

/** CUSTOMER_URL, PRODUCT_URL, …: where the services that take commands are, and the monitor. */
export const variables = Object.fromEntries(
  upstreams.map((service) => [variableOf(service), urls(`http://127.0.0.1:${services[service].port}`)]),
) as Record<UrlVariable, ReturnType<typeof urls>>

export function upstreamUrls(config: Readonly<Record<UrlVariable, string[]>>): Record<Upstream, string[]> {
  const entries = upstreams.map((service) => [service, config[variableOf(service)]])
  return Object.fromEntries(entries) as Record<Upstream, string[]>
}
