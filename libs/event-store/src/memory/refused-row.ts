import type { RefusedRow } from '../groups/groups.ts'
import type { RowWrite } from '../rows/row.ts'
import { type RowType, rowTypes, sourceOf, sumOf, wrongSum } from '../rows/row-write.ts'
import { rowName, writeRow } from './memory-rows.ts'
import type { Row } from './state.ts'

/** The first write that cannot be made, as `advance.lua` finds it. */
export function refusedRow(
  rows: ReadonlyMap<string, Row>,
  group: string,
  writes: readonly RowWrite[],
): RefusedRow | undefined {
  return misfit(rows, group, writes) ?? refusedSum(rows, group, writes)
}

function misfit(
  rows: ReadonlyMap<string, Row>,
  group: string,
  writes: readonly RowWrite[],
): RefusedRow | undefined {
  const held = new Map<string, RowType | undefined>()
  const holdsOf = (row: string) => (held.has(row) ? held.get(row) : typeOf(rows.get(rowName(group, row))))
  for (const [index, write] of writes.entries()) {
    const [command, row] = write
    const needed = rowTypes[command]
    const source = sourceOf(write)
    const sourceHolds = source && holdsOf(source.row)
    if (sourceHolds && sourceHolds !== source.type) return { index, holds: sourceHolds }
    const holds = holdsOf(row)
    if (needed && holds && holds !== needed) return { index, holds }
    held.set(row, needed)
  }
  return undefined
}

/** The rows to which something is added are copied, and written up to there. */
function refusedSum(
  rows: ReadonlyMap<string, Row>,
  group: string,
  writes: readonly RowWrite[],
): RefusedRow | undefined {
  const added = new Set(writes.flatMap(([command, row]) => (command === 'HINCRBY' ? [row] : [])))
  const copies = new Map<string, Row>()
  for (const row of added) {
    const found = rows.get(rowName(group, row))
    if (found instanceof Map) copies.set(rowName(group, row), new Map(found))
  }
  for (const [index, write] of writes.entries()) {
    const [command, row, field, delta] = write
    if (!added.has(row)) continue
    if (command === 'HINCRBY') {
      const hash = copies.get(rowName(group, row)) as Map<string, string> | undefined
      const value = hash?.get(String(field)) ?? '0'
      if (sumOf(value, Number(delta)) === undefined)
        return { index, holds: wrongSum(String(field), value, delta as number) }
    }
    writeRow(copies, group, write)
  }
  return undefined
}

function typeOf(row: Row | undefined): RowType | undefined {
  if (row === undefined) return undefined
  if (row instanceof Map) return 'hash'
  if (row instanceof Set) return 'set'
  return Array.isArray(row) ? 'list' : 'zset'
}
