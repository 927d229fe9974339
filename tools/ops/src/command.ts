// What a command of `scripts/ordershop-ops` answers.
import { catalog } from '@ordershop/contracts'
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

/** The topic that was named, or all. */
export function topicsOf(only: string | undefined): readonly string[] {
  const all: readonly string[] = catalog.topics
  if (only !== undefined && !all.includes(only)) unknown('topic', only, all)
  return only === undefined ? all : [only]
}
