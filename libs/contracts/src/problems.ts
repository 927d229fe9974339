import { type FieldProblem, shown } from '@ordershop/core'
import type { z } from 'zod'

/** One problem per field that did not fit, naming the value met, e.g. `Invalid UUID, got "7"`. */
export function problemsOf(error: z.ZodError, input: unknown): FieldProblem[] {
  return error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message: `${message}, got ${shown(valueAt(input, path))}`,
  }))
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    input,
  )
}
