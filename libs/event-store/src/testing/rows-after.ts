import { writeRow } from '../memory/memory-rows.ts'
import type { Row } from '../memory/state.ts'
import type { RowWrite } from '../rows/row.ts'

/**
 * The rows that these writes leave, by name, as the memory store keeps them: a Hash as an object, a List as an array
 * in its order, a Set and a sorted set as a sorted array of members. For tests of a pure `project`.
 */
export function rowsAfter(writes: readonly RowWrite[]): Record<string, unknown> {
  const rows = new Map<string, Row>()
  for (const write of writes) writeRow(rows, '', write)
  return Object.fromEntries([...rows].map(([name, row]) => [name.slice(1), plain(row)]))
}

function plain(row: Row): unknown {
  if (Array.isArray(row)) return row
  if (row instanceof Map) return Object.fromEntries(row)
  return [...(row instanceof Set ? row : row.scores.keys())].sort()
}
