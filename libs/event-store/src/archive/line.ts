// An entry as a line of text, as segments have it.
import type { RawEntry } from '../log/entry.ts'

/**
 * An entry as a line: id, fields and values with a tab between. Neither JSON nor the seven words of an event have a tab or
 * the end of a line in them; of an entry that has, JSON is made, and begins with `[`.
 */
export function lineOf([id, fields]: RawEntry): string {
  const line = `${id}\t${fields.join('\t')}`
  const isPlain = !/[\n\r]/.test(line) && !fields.some((field) => field.includes('\t'))
  return isPlain ? line : JSON.stringify([id, ...fields])
}

/** The entry of a line. */
export function entryOfLine(line: string): RawEntry {
  const [id = '', ...fields] = line[0] === '[' ? (JSON.parse(line) as string[]) : line.split('\t')
  return [id, fields]
}
