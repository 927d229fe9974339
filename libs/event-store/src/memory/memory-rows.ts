import { AppError } from '@ordershop/core'
import type { QueryRows, RowQuery, RowWrite } from '../rows/row.ts'
import { sumOf } from '../rows/row-write.ts'
import type { MemoryState, Row, SortedSet } from './state.ts'

/** Where a row is in memory. */
export const rowName = (group: string, row: string) => `${group}/${row}`

/** Does to a row what the Redis command of the same name does. */
export function writeRow(rows: Map<string, Row>, group: string, [command, row, ...args]: RowWrite): void {
  const name = rowName(group, row)
  const values = args.map(String)
  const kept = <T extends Row>(fresh: T): T => {
    const found = (rows.get(name) as T | undefined) ?? fresh
    rows.set(name, found)
    return found
  }
  switch (command) {
    case 'DEL':
      rows.delete(name)
      break
    case 'HSET': {
      const hash = kept(new Map<string, string>())
      for (let i = 0; i < values.length; i += 2) hash.set(values[i] as string, values[i + 1] as string)
      break
    }
    case 'HINCRBY': {
      const [field = '', delta] = values
      const hash = kept(new Map<string, string>())
      hash.set(field, String(sumOf(hash.get(field) ?? '0', Number(delta))))
      break
    }
    case 'ZADD': {
      const { scores } = kept<SortedSet>({ scores: new Map() })
      for (let i = 0; i < values.length; i += 2) scores.set(values[i + 1] as string, Number(values[i]))
      break
    }
    case 'SADD': {
      const set = kept(new Set<string>())
      for (const value of values) set.add(value)
      break
    }
    case 'UNLIST': {
      const [source = '', suffix, field] = values
      const set = rows.get(name) as SortedSet | undefined
      for (const value of valuesOf(rows.get(rowName(group, source)), field))
        set?.scores.delete(`${value}${suffix}`)
      break
    }
    case 'RPUSH':
      kept<string[]>([]).push(...values)
      break
    case 'ZREM':
      for (const value of values) (rows.get(name) as SortedSet | undefined)?.scores.delete(value)
      break
    case 'HDEL':
    case 'SREM':
      for (const value of values) (rows.get(name) as Set<string> | undefined)?.delete(value)
  }
  const left = rows.get(name)
  if (left && sizeOf(left) === 0) rows.delete(name)
}

/** Of a List, or of one field of a Hash. */
function valuesOf(row: Row | undefined, field: string | undefined): readonly string[] {
  if (field === undefined) return (row as string[] | undefined) ?? []
  const value = (row as Map<string, string> | undefined)?.get(field)
  return value === undefined ? [] : [value]
}

function sizeOf(row: Row): number {
  if (Array.isArray(row)) return row.length
  return 'scores' in row ? row.scores.size : row.size
}

/** Row queries in memory. */
export function memoryRows(state: MemoryState): QueryRows {
  return async (group, queries) =>
    queries.map((query) => answer(query, state.partition(query).rows.get(rowName(group, query.row))))
}

function answer({ command, args = [] }: RowQuery, row: Row | undefined): unknown {
  switch (command) {
    case 'HGETALL':
      return Object.fromEntries((row as Map<string, string> | undefined) ?? [])
    case 'HMGET':
      return args.map((field) => (row as Map<string, string> | undefined)?.get(String(field)) ?? null)
    case 'SCARD':
    case 'ZCARD':
      return row === undefined ? 0 : sizeOf(row)
    case 'SMEMBERS':
      return [...((row as Set<string> | undefined) ?? [])]
    case 'LRANGE':
      return slice((row as string[] | undefined) ?? [], args)
    case 'ZRANGE':
      return slice(sorted(row as SortedSet | undefined), args)
  }
}

function sorted(row: SortedSet | undefined): string[] {
  const byScore = [...(row?.scores ?? [])].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
  return byScore.map(([member]) => member)
}

function slice(values: readonly string[], args: readonly (string | number)[]): string[] {
  return args[2] === 'BYLEX' ? lexicalSlice(values, args) : indexSlice(values, args)
}

/** `ZRANGE row (member (member BYLEX LIMIT offset count`, with `-` for the first and `+` for the last member. */
function lexicalSlice(values: readonly string[], args: readonly (string | number)[]): string[] {
  const [from, to, , limit, offset, count] = args
  if (!/^(-|\(.*)$/s.test(String(from)) || !/^(\+|\(.*)$/s.test(String(to)) || limit !== 'LIMIT') {
    throw new AppError(
      'invalid',
      `query rows in memory: range ${args.join(' ')}, expected (member (member BYLEX LIMIT 0 10`,
    )
  }
  const after = from === '-' ? values : values.filter((value) => value > String(from).slice(1))
  const between = to === '+' ? after : after.filter((value) => value < String(to).slice(1))
  return between.slice(Number(offset), Number(offset) + Number(count))
}

function indexSlice(values: readonly string[], [from, to, ...rest]: readonly (string | number)[]): string[] {
  if (rest.length > 0 || !Number.isInteger(Number(from)) || !Number.isInteger(Number(to)))
    throw new AppError(
      'invalid',
      `query rows in memory: range ${[from, to, ...rest].join(' ')}, expected two indexes`,
    )
  const [first, last] = [Number(from), Number(to)].map((index) =>
    index < 0 ? values.length + index : index,
  ) as [number, number]
  return values.slice(Math.max(0, first), last + 1)
}
