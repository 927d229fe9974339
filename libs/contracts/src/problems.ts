import type { FieldProblem } from '@ordershop/core'
import type { z } from 'zod'

const shownLength = 80

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

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`
}
