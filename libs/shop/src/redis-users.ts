// The users of the shop in Redis, as an ACL file.
import { createHash } from 'node:crypto'
import { type ServiceName, serviceNames } from '@ordershop/contracts'
import { redisAcl } from '@ordershop/event-store'
import { accessOf, operatorAccess } from './access.ts'

/** Who operates the shop: `ordershop-ops`, the toolbox, and the check of a release. */
const operator = 'ops'

/** A user for each service, named like it, and the operator's. */
export const redisUsers: readonly string[] = [...serviceNames, operator]

/** Every password that a user may give, two while one replaces the other; `undefined` for a user who has none. */
export type PasswordsOf = (user: string) => readonly string[] | undefined

/**
 * The ACL file: a line for each user, which ACL SETUSER takes as well, without its first word. Passwords are in it as SHA-256.
 *
 * The last line is Redis' own user `default`: with passwords he administers Redis, and replicas may use him; without, he is
 * switched off, because a file that leaves him out gives everything to everybody.
 *
 * @param passwordsOf without it the hashes are to be filled in: `#<order>`.
 */
export function aclFile(passwordsOf?: PasswordsOf): string {
  const hashes = (user: string) =>
    passwordsOf ? passwordsOf(user)?.map((password) => `#${sha256(password)}`) : [`#<${user}>`]
  const lines = redisUsers.map((user) => {
    const rules = user === operator ? redisAcl(operatorAccess) : redisAcl(accessOf(user as ServiceName))
    return ['user', user, 'reset', 'on', ...(hashes(user) ?? []), ...rules].join(' ')
  })
  const administrator = hashes('default')
  const rest = administrator ? ['on', ...administrator, '~*', '&*', '+@all'] : ['off']
  return [...lines, ['user default reset', ...rest].join(' '), ''].join('\n')
}

function sha256(password: string): string {
  return createHash('sha256').update(password).digest('hex')
}
