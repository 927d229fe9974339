import { userInfo } from 'node:os'
import { baseSchema, fileOf, isLoopback } from '@ordershop/service'
import { z } from 'zod'

/** The password in a file's text. @throws Error for one that is no secret. */
export function passwordIn(text: string): string {
  const password = text.trim()
  if (/^[\x21-\x7e]{16,256}$/.test(password)) return password
  throw new Error(`expected a line of 16 to 256 printable characters, got ${password.length}`)
}

const fields = z.object({
  ...baseSchema.shape,
  PORT: baseSchema.shape.PORT.default(5050),
  /** Begins every key of the store; default none. */
  REDIS_KEY_PREFIX: z.string().optional(),
  /** File with what callers send as `Authorization: Bearer`, read anew every 5 s; default: whoever is on this machine may call. */
  PASSWORD_FILE: fileOf('a file with a password', passwordIn).optional(),
  /** Who is written down beside decisions; default the user of this machine. */
  OPERATOR: z
    .string()
    .min(1)
    .max(255)
    .default(() => userInfo().username),
  /** Where a trace is shown, with `{trace_id}` in it; default nowhere. */
  TRACE_URL: z
    .string()
    .regex(/^https?:\/\/\S*\{trace_id\}\S*$/, 'expected https://…, with {trace_id} in it')
    .optional(),
})

export type Config = z.output<typeof fields>

export const schema = fields.superRefine(({ HOST, PASSWORD_FILE }, context) => {
  if (isLoopback(HOST) || PASSWORD_FILE !== undefined) return
  const message = 'expected loopback, or PASSWORD_FILE beside it: whoever reaches it may do everything'
  context.addIssue({ code: 'custom', path: ['HOST'], message, input: HOST })
})
