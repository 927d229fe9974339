// What operators may ask below /v1/ops, as OpenAPI: the monitor answers, `libs/store-http/src/ops`.
import { opsPaths } from '@ordershop/store-http/ops'
import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { answer, json, problems } from './shared.ts'

type OpsPath = keyof typeof opsPaths

const count = z.int().min(0)
const entryId = z.string().regex(/^\d{1,20}-\d{1,20}$/)
const time = z.iso.datetime()
const place = { topic: z.string(), partition: count }
const head = z.object({ ...place, head: count })

const groupLag = z
  .object({
    ...{ ...place, group: z.string(), head: count, trimmed: count, position: count, lag: count },
    lagMs: z.number().min(0).describe('Age of the oldest event beyond the cursor, in milliseconds'),
    owner: z.string().nullable().describe('The member that holds the lease of the partition'),
    ...{ disputed: z.boolean(), parkedKeys: count, parkedEvents: count, oldestParkedMs: z.number() },
  })
  .meta({ id: 'GroupLag' })
const status = { projection: z.string(), live: count, building: count.nullable(), progress: z.number() }
const standing = z.object({ ...status, events: count }).meta({ id: 'ProjectionStatus' })
const version = z.object({
  ...{ projection: z.string(), version: count, group: z.string(), live: z.boolean(), progress: z.number() },
})
const groups = z.object({
  lags: z.array(groupLag),
  versions: z.array(version),
  unread: z.array(head),
  at: time,
})

const node = z.object({
  ...{ id: z.string(), kind: z.enum(['service', 'topic', 'rows']), title: z.string() },
  group: z.string().optional().describe('By whose lag one sees how far it is'),
})
const edge = z.object({ from: z.string(), to: z.string(), kind: z.enum(['http', 'appends', 'reads']) })

const parkedKey = z
  .object({
    ...{ ...place, group: z.string(), key: z.string(), first: entryId, last: entryId, events: count },
    ...{ parkedAt: time, reason: z.string() },
  })
  .meta({ id: 'ParkedKey' })
const unreadable = z.object({
  entry_id: entryId,
  raw: z.record(z.string(), z.string()),
  problem: z.string(),
})
const recorded = z.looseObject({ event_id: z.string(), type: z.string(), entry_id: entryId })
const decided = z.object({
  ...{ ...place, group: z.string(), action: z.enum(['skip', 'discard']), key: z.string() },
  ...{ first: entryId, last: entryId, events: count, decidedAt: time },
  ...{ operator: z.string(), reason: z.string() },
})
const parkedDetail = z.object({
  parked: parkedKey.nullable(),
  events: z.array(z.union([unreadable, recorded])).describe('The first 20 that wait'),
  complete: z.boolean(),
  decisions: z.array(decided),
})

const storage = z.object({
  redis: z.object({
    ...{ version: z.string(), used_bytes: count, max_bytes: count.nullable() },
    ...{ policy: z.string(), durability: z.string() },
  }),
  archive: z
    .object({ url: z.string(), partitions: z.array(z.object({ ...place, archived_to: count })) })
    .nullable(),
})
const processes = z.object({
  drivable: z.boolean().describe('Whether they can be stopped and started from here'),
  processes: z.array(
    z.object({
      ...{ service: z.string(), instance: z.string(), state: z.string(), ready: z.boolean(), port: count },
    }),
  ),
})

const nothing = z.strictObject({})
const decision = z.strictObject({
  reason: z.string().min(1).max(500).describe('Kept with the decision'),
  first: entryId.describe("Entry id of the key's first parked event, as it was shown"),
})

const reading = (operationId: string, summary: string, schema: z.ZodType, found = problems()) => ({
  operationId,
  summary,
  responses: { 200: answer('As it is now', schema), ...found },
})
const asking = (operationId: string, summary: string, body: z.ZodType, shown: z.ZodType = nothing) => ({
  operationId,
  summary,
  requestBody: { required: true, content: json(body) },
  responses: { 202: answer('It is asked for', shown), ...problems(400, 404, 409, 413, 415) },
})

type Operation = Pick<ZodOpenApiOperationObject, 'operationId' | 'summary' | 'requestBody' | 'responses'>

const operations: Readonly<Record<OpsPath, Operation>> = {
  '/groups': reading('opsGroups', 'How far every group and projection is', groups),
  '/flow': reading(
    'opsFlow',
    'Who writes and reads what',
    z.object({ nodes: z.array(node), edges: z.array(edge) }),
  ),
  '/parked': reading(
    'opsParked',
    'Keys whose events wait, at most 1,000, oldest first',
    z.object({ keys: z.array(parkedKey), complete: z.boolean() }),
  ),
  '/parked/:group/:topic/:key': reading('opsParkedKey', 'One of them', parkedDetail, problems(404)),
  '/parked/:group/:topic/:key/replay': asking('opsReplay', 'Has its events handled again, in order', nothing),
  '/parked/:group/:topic/:key/skip': asking('opsSkip', 'Takes its first event off unhandled', decision),
  '/parked/:group/:topic/:key/discard': asking('opsDiscard', 'Takes all its events off unhandled', decision),
  '/projections/:name': reading('opsProjection', 'How a projection stands', standing, problems(404)),
  '/projections/:name/rebuild': asking(
    'opsRebuild',
    'Builds it anew, beside the live one',
    nothing,
    standing,
  ),
  '/storage': reading('opsStorage', 'Where the log is kept, and how far it is archived', storage),
  '/processes': reading('opsProcesses', 'Processes, where scripts/shop runs them', processes),
  '/processes/:service/start': asking('opsStart', 'Starts what is stopped of a service', nothing),
  '/processes/:service/stop': asking('opsStop', 'Stops a service', nothing),
}

const me = z.object({
  auth: z.enum(['none', 'optional', 'required']),
  actor: z.string().nullable(),
  roles: z.array(z.enum(['read', 'write', 'ops'])),
  shop: z.boolean().describe('Whether it is the shop, and not another store'),
  trace_url: z.string().nullable().describe('Where a trace is shown, with `{trace_id}` in it'),
  open_to_all: z.boolean().describe('Whether anybody on the network may do anything'),
})

export const opsPathsShown: ZodOpenApiPathsObject = {
  '/v1/me': { get: { tags: ['ops'], ...reading('me', 'Who asks, and what they may do', me) } },
  ...Object.fromEntries(
    (Object.keys(operations) as OpsPath[]).map((path) => {
      const [method] = opsPaths[path]
      const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => [`${name}`, z.string()])
      const params = names.length > 0 ? { requestParams: { path: z.object(Object.fromEntries(names)) } } : {}
      const described = { tags: ['ops'], ...params, ...operations[path] }
      return [`/v1/ops${path.replaceAll(/:(\w+)/g, '{$1}')}`, { [method]: described }]
    }),
  ),
}
