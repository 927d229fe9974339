import { AppError } from '@ordershop/core'
import type { AuditRecord, AuditTrail } from '../ops/audit.ts'
import { answerTo } from './connection.ts'
import { keys } from './keys.ts'
import type { ScriptedRedis } from './scripts.ts'

/** Records that are kept, about. */
const kept = 100_000
const mostChars = 200
const mostDetailChars = 1_000
const mostAtOnce = 10_000

/** The audit trail in a stream. */
export function redisAudit(redis: ScriptedRedis): AuditTrail {
  return {
    async recordAct({ operator, action, detail, outcome, begun, reason }) {
      for (const [name, value] of Object.entries({ operator, action }))
        if (value.trim() === '' || value.length > mostChars)
          throw new AppError(
            'invalid',
            `record ${action.slice(0, 80)}: ${name} is '${value.slice(0, 80)}', expected 1 to ${mostChars} characters`,
          )
      const fields = {
        ...{ operator, action, detail: detail.slice(0, mostDetailChars), outcome },
        ...(begun === undefined ? {} : { begun }),
        ...(reason === undefined ? {} : { reason: reason.slice(0, mostDetailChars) }),
      }
      const added = redis.xadd(keys.audit(), 'MAXLEN', '~', kept, '*', ...Object.entries(fields).flat())
      return answerTo<string>('record what an operator does', added)
    },

    async acts({ limit, since }) {
      const count = Math.min(Math.max(1, limit), mostAtOnce)
      const found = redis.xrevrange(keys.audit(), '+', since ? since.getTime() : '-', 'COUNT', count)
      const entries = await answerTo<[string, string[]][]>('read what operators did', found)
      return entries.map(recordOf).reverse()
    },
  }
}

function recordOf([id, flat]: readonly [string, readonly string[]]): AuditRecord {
  const pairs = Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]])
  const fields = Object.fromEntries(pairs) as Omit<AuditRecord, 'id' | 'at'>
  return { id, at: new Date(Number.parseInt(id, 10)).toISOString(), ...fields }
}
