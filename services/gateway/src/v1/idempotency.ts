// `Idempotency-Key`: a POST under the same key is carried out once, however often and through whatever gateway it comes.
import { createHash } from 'node:crypto'
import { problemDetails } from '@ordershop/service'
import { refusal } from '../problem.ts'
import type { Reply } from './answer.ts'

/** Where keys are remembered, by every gateway together. */
export type IdempotencyStore = {
  /** Sets what is not there; gives what was, else `null`. One step, so of several callers only one gets `null`. */
  setIfAbsent(name: string, value: string, keepMs: number): Promise<string | null>
  set(name: string, value: string, keepMs: number): Promise<void>
  get(name: string): Promise<string | null>
  delete(name: string): Promise<void>
}

/** The ids are kept from before the first attempt: another attempt sends the same commands, which write nothing twice. */
type IdempotencyRecord = { hash: string; ids: readonly string[]; answer?: Reply }

const keepMs = 24 * 60 * 60 * 1_000
/** Lease of the gateway at work, which renews it; how long a repeat is refused after that gateway died. */
const leaseMs = 2_000

export type Keyed = {
  readonly key: string
  /** The id of the caller: the same key of another is another key. Default: anybody. */
  readonly caller?: string | undefined
  /** Whatever must be the same when the key is. */
  readonly asked: unknown
  /** Of what is created, if this is the first attempt. */
  readonly ids: readonly string[]
}

/**
 * Carries out `work` with the ids of the first attempt, unless its answer is known already: then gives that again.
 * What fails leaves no answer behind: the same request may be sent again, and is then carried out.
 *
 * Answers 409 while the first is under way, and for at most 2 s after its gateway died.
 *
 * @throws 422 when the key was used for another request; AppError `unavailable` when keys cannot be remembered: nothing
 *   was carried out.
 */
export async function once(
  memory: IdempotencyStore,
  { key, caller, asked, ids }: Keyed,
  work: (ids: readonly string[]) => Promise<{ answer: Reply; final: boolean }>,
): Promise<Reply> {
  // No key has a line break, so no key of anybody's is that of a caller.
  const name = `idempotency:{${sha256(caller === undefined ? key : `${caller}\n${key}`)}}`
  const busy = `${name}:busy`
  const first: IdempotencyRecord = { hash: sha256(JSON.stringify(asked)), ids }
  const before = parsed(await memory.setIfAbsent(name, JSON.stringify(first), keepMs))
  if (before && before.hash !== first.hash)
    throw refusal(422, 'Idempotency-Key: expected a new one, got the key of another request')
  if (before?.answer) return replayed(before.answer)
  if ((await memory.setIfAbsent(busy, '1', leaseMs)) !== null) return underWay
  return underLease(memory, busy, async () => {
    // It may have been answered between the two looks.
    const kept = before ? (parsed(await memory.get(name)) ?? first) : first
    if (kept.answer) return replayed(kept.answer)
    const { answer, final } = await work(kept.ids)
    // Not kept is not lost: a repeat sends the same commands, and answers the same ids.
    if (final) await memory.set(name, JSON.stringify({ ...kept, answer }), keepMs).catch(() => {})
    return answer
  })
}

/**
 * Renews a lease until the work has ended, then releases it. A gateway that froze for longer than its lease may renew or
 * release another's: two attempts then run side by side and send the same commands, which write nothing twice.
 */
async function underLease<T>(memory: IdempotencyStore, name: string, work: () => Promise<T>): Promise<T> {
  const renewal = setInterval(() => void memory.set(name, '1', leaseMs).catch(() => {}), leaseMs / 3)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await memory.delete(name).catch(() => {})
  }
}

const underWay: Reply = {
  status: 409,
  headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
  body: problemDetails({
    status: 409,
    message: 'Idempotency-Key: the first request with this key is still under way',
    fields: [],
  }),
}

function replayed(answer: Reply): Reply {
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } }
}

function parsed(kept: string | null): IdempotencyRecord | undefined {
  return kept === null ? undefined : (JSON.parse(kept) as IdempotencyRecord)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
