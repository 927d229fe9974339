type Cell = string | number | null

/** Rows as a table whose head names the fields of the first; numbers stand to the right. */
export function table(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = Object.keys(rows[0] ?? {})
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? '-'))]
  const widths = names.map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)))
  const cell = (value: Cell | undefined, column: number) => {
    const width = widths[column] ?? 0
    return typeof value === 'number' ? String(value).padStart(width) : String(value).padEnd(width)
  }
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n')
}
