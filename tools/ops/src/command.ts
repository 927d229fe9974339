// What a command of `scripts/ordershop-ops` answers.
import { AppError } from '@ordershop/core'

export type Report = {
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
  /** Said in place of a table without rows. */
  readonly none?: string
  /** What was looked at is not as it should be: exit code 1. */
  readonly failed?: boolean
}

export function unknown(what: string, name: string, known: readonly string[]): never {
  throw new AppError('invalid', `no ${what} is called ${name}, expected one of ${known.join(', ')}`)
}
