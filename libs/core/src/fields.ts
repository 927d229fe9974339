import { AppError, type ErrorCode, type FieldProblem } from './error.ts'

const namedFields = 5
const shownLength = 80

/**
 * The refusal of an input by its fields, e.g. `request body: items.0.email: expected string, got 7; and 3 more`: the
 * message names the first five, `fields` holds all.
 *
 * @param what names the input.
 */
export function refusedFields(
  what: string,
  fields: readonly FieldProblem[],
  { code = 'invalid', cause }: { readonly code?: ErrorCode; readonly cause?: unknown } = {},
): AppError {
  const named = fields
    .slice(0, namedFields)
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
  const more = fields.length > named.length ? `; and ${fields.length - named.length} more` : ''
  const options = cause === undefined ? { fields } : { fields, cause }
  return new AppError(code, `${what}: ${named.join('; ')}${more}`, options)
}

/** A value for a message: JSON of at most 80 characters; `nothing` where there is none. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text
}
