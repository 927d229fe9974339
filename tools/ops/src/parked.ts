// `scripts/ordershop-ops parked …`: keys whose events wait, and what is done about them.
import { AppError } from '@ordershop/core'
import type { Operations, ParkedPlace } from '@ordershop/event-store'
import { type Report, unknown } from './command.ts'
import { surveyShop } from './lag.ts'

export async function listParked(ops: Operations, group: string): Promise<Report> {
  const parked = await ops.parked(group, await topicsOf(ops, group))
  const rows = parked.map(({ topic, key, events, parkedAt, reason }) => ({
    key: `${topic}:${key}`,
    events,
    'parked at': parkedAt,
    reason,
  }))
  return { rows, none: `${group} has parked nothing` }
}

export async function replayParked(ops: Operations, group: string, key?: string): Promise<Report> {
  const topics = await topicsOf(ops, group)
  const keys = await ops.replayParked(group, topics, key === undefined ? undefined : parkedKey(key, topics))
  if (key && keys === 0)
    throw new AppError(
      'not_found',
      `${group} has not parked ${key}; \`parked list ${group}\` lists what it has`,
    )
  return { rows: [{ group, 'keys asked for': keys }] }
}

export async function decideParked(
  ops: Operations,
  action: 'skip' | 'discard',
  group: string,
  { key, reason, operator }: { readonly key: string; readonly reason: string; readonly operator: string },
): Promise<Report> {
  const place = parkedKey(key, await topicsOf(ops, group))
  await ops[action === 'skip' ? 'skipParked' : 'discardParked'](group, place, { operator, reason })
  return { rows: [{ group, key, 'asked for': action, operator }] }
}

export async function parkedDecisions(ops: Operations, group: string): Promise<Report> {
  const decisions = await ops.parkedDecisions(group, await topicsOf(ops, group))
  const rows = decisions.map(({ topic, key, action, events, operator, reason, decidedAt }) => ({
    'decided at': decidedAt,
    action,
    key: `${topic}:${key}`,
    events,
    operator,
    reason,
  }))
  return { rows, none: `nothing that ${group} parked was skipped or discarded` }
}

function parkedKey(text: string, topics: readonly string[]): ParkedPlace {
  const colon = text.indexOf(':')
  const [topic, key] = [text.slice(0, colon), text.slice(colon + 1)]
  if (topics.includes(topic) && key) return { topic, key }
  throw new AppError('invalid', `--key ${text}: expected TOPIC:KEY with a topic of ${topics.join(', ')}`)
}

/** Of every group that a subscription or a projection reads as. */
async function topicsOf(ops: Operations, group: string): Promise<readonly string[]> {
  const { lags } = await surveyShop(ops, {})
  const own = new Set(lags.filter((lag) => lag.group === group).map(({ topic }) => topic))
  const known = [...new Set(lags.map((lag) => lag.group))]
  return own.size > 0 ? [...own] : unknown('group', group, known)
}
