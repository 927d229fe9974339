// What a command of `scripts/ordershop-ops` is given, and what it answers.
import { AppError } from '@ordershop/core'
import type { Operations } from '@ordershop/event-store'

export type Answer = {
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
  readonly none: string
  readonly failed?: boolean
}

export type Flags = {
  readonly key?: string | undefined
  readonly all?: boolean | undefined
  readonly reason?: string | undefined
  readonly operator?: string | undefined
}

export type Command = (ops: Operations, operands: readonly string[], flags: Flags) => Promise<Answer>

export function unknown(what: string, name: string, known: readonly string[]): never {
  throw new AppError('invalid', `no ${what} is called ${name}, expected one of ${known.join(', ')}`)
}
