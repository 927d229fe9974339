// The users of the shop in Redis, as an ACL file.
import { createHash } from 'node:crypto'
import { type ServiceName, serviceNames } from '@ordershop/contracts'
import { type RedisAccess, redisAcl } from '@ordershop/event-store'
import { accessOf, operatorAccess } from './access.ts'

/** Who operates the shop: `ordershop-ops`, the toolbox, and the check of a release. */
const operator = 'ops'

/** Who has copies of Redis sent, as a replica has: he sees all there is, and writes nothing. */
const copyist = 'backup'

/** A user for each service, named like it, the operator's, and the one who copies. */
export const redisUsers: readonly string[] = [...serviceNames, operator, copyist]

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
    return ['user', user, 'reset', 'on', ...(hashes(user) ?? []), ...redisAcl(accessOfUser(user))].join(' ')
  })
  const administrator = hashes('default')
  const rest = administrator ? ['on', ...administrator, '~*', '&*', '+@all'] : ['off']
  return [...lines, ['user default reset', ...rest].join(' '), ''].join('\n')
}

function accessOfUser(user: string): RedisAccess {
  if (user === operator) return operatorAccess
  return user === copyist ? { copies: true } : accessOf(user as ServiceName)
}

function sha256(password: string): string {
  return createHash('sha256').update(password).digest('hex')
}
