// API keys: made here, listed in a file that the gateway reads. No Redis has to be there.
import { apiKeyLine, newApiKey } from '@ordershop/contracts'
import type { Report } from './command.ts'

/** A key that nobody has seen before and nobody will see again, and its line of the file, which has no more than its hash. */
export function makeKey(
  name: string,
  options: { readonly roles: string; readonly expires?: string },
): Report {
  const key = newApiKey()
  return { rows: [{ key, line: apiKeyLine(key, { name, ...options }) }] }
}
