import { AppError } from '@ordershop/core'
import type { RowWrite } from './row.ts'

/** What a row is, as Redis' TYPE tells. */
export type RowType = 'hash' | 'set' | 'list' | 'zset'

/** The type of row that a command needs; DEL takes any. `advance.lua` has the same table. */
export const rowTypes: Readonly<Record<RowWrite[0], RowType | undefined>> = {
  HSET: 'hash',
  HINCRBY: 'hash',
  HDEL: 'hash',
  SADD: 'set',
  SREM: 'set',
  RPUSH: 'list',
  ZADD: 'zset',
  ZREM: 'zset',
  UNLIST: 'zset',
  DEL: undefined,
}

/** The other row that a write reads, and the type that it needs; `undefined` for all but UNLIST. */
export function sourceOf([command, , source, , field]: RowWrite): { row: string; type: RowType } | undefined {
  if (command !== 'UNLIST') return undefined
  return { row: String(source), type: field === undefined ? 'list' : 'hash' }
}

/** What a field becomes by HINCRBY; `undefined` when it holds no integer, or the sum would not be exact. */
export function sumOf(value: string, delta: number): number | undefined {
  const sum = Number(value) + delta
  const exact =
    /^(0|-?[1-9]\d*)$/.test(value) && Number.isSafeInteger(Number(value)) && Number.isSafeInteger(sum)
  return exact ? sum : undefined
}

/** What a row holds to which HINCRBY cannot add, for `RefusedRow`. */
export function wrongSum(field: string, value: string, delta: string | number): string {
  const found = JSON.stringify(value.slice(0, 40))
  return `hash whose field ${JSON.stringify(field)} is ${found}, expected an integer that stays within ±${Number.MAX_SAFE_INTEGER} with ${delta} added`
}

/** Of one event; `args` of one write, because they are unpacked onto Lua's stack, which holds 8,000. */
const limits = { writes: 1_000, args: 4_000, argsInAll: 10_000 }

/**
 * Refuses what `advance.lua` would fail at half way, after other rows were written: Lua has no rollback.
 *
 * @throws AppError `invalid` that names the write and what was expected.
 */
export function checkWrites(writes: readonly RowWrite[]): void {
  let words = 0
  for (const write of writes) {
    words += write.length
    const problem = problemOf(write)
    if (problem) throw new AppError('invalid', `project: ${write[0]} of row '${write[1]}' has ${problem}`)
  }
  const args = words - 2 * writes.length
  if (writes.length > limits.writes || args > limits.argsInAll)
    throw new AppError(
      'invalid',
      `project: ${writes.length} writes with ${args} arguments, expected at most ${limits.writes} with ${limits.argsInAll}`,
    )
}

function problemOf(write: RowWrite): string | undefined {
  const [command, row] = write
  if (!Object.hasOwn(rowTypes, command))
    return `an unknown command, expected ${Object.keys(rowTypes).join(', ')}`
  if (typeof row !== 'string' || row === '') return 'no name, expected some characters'
  const count = write.length - 2
  const expected = expectedArgs(command, count)
  if (expected) return `${count} arguments, expected ${expected}`
  if (command === 'HINCRBY' && !Number.isSafeInteger(write[3]))
    return `${JSON.stringify(write[3])} in it, expected a safe integer to add`
  if (command === 'UNLIST' && !write.slice(2).every((arg) => typeof arg === 'string' && arg !== ''))
    return 'no text in it, expected the name of a row, a suffix and perhaps a field'
  for (let k = 2; k < write.length; k++) {
    const arg = write[k]
    const score = command === 'ZADD' && k % 2 === 0
    if (!(Number.isFinite(arg) || (typeof arg === 'string' && !score)))
      return `${JSON.stringify(arg)} in it, expected ${score ? 'a number as score' : 'text or a number'}`
  }
  return undefined
}

function expectedArgs(command: RowWrite[0], count: number): string | undefined {
  if (count > limits.args) return `at most ${limits.args}`
  if (command === 'DEL') return count === 0 ? undefined : 'none'
  if (count === 0) return 'some'
  if (command === 'HSET' && count % 2 === 1) return 'fields and values in turn'
  if (command === 'HINCRBY' && count !== 2) return 'a field and an integer'
  if (command === 'UNLIST' && count !== 2 && count !== 3) return 'a row, a suffix and perhaps a field'
  if (command === 'ZADD' && count % 2 === 1) return 'scores and members in turn'
  return undefined
}
