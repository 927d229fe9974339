/** What a caller of the shop may do: read what there is, write, operate. */
export const roles = ['read', 'write', 'ops'] as const
export type Role = (typeof roles)[number]

export const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word)

const implied: Readonly<Record<Role, readonly Role[]>> = {
  read: ['read'],
  write: ['read', 'write'],
  ops: ['read', 'write', 'ops'],
}

/** These roles and those that they imply: `write` reads, `ops` reads and writes. Words that name no role give none. */
export function rolesOf(words: readonly string[]): ReadonlySet<Role> {
  return new Set(words.filter(isRole).flatMap((role) => implied[role]))
}
