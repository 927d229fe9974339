import { type FieldProblem, shown } from '@ordershop/core'
import type { z } from 'zod'

/**
 * One problem per field that did not fit, with what was met: `Invalid UUID, got text of 5 characters`. Events have names and
 * addresses of customers in them, and what is wrong with an event is logged: so a text is not told, a number is.
 */
export function problemsOf(error: z.ZodError, input: unknown): FieldProblem[] {
  return error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message: `${message}, got ${described(valueAt(input, path))}`,
  }))
}

function described(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`
  if (Array.isArray(value)) return `an array of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : shown(value)
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    input,
  )
}
