// The users of the Redis that the shop starts: a password each, made once, and what each may do, as everywhere else.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceName } from '@ordershop/contracts'
import { aclFile, redisUsers } from '@ordershop/shop'

const folderOf = (dir: string) => join(dir, 'redis-users')

/**
 * Writes the ACL file. The user `default` needs no password: this Redis listens on loopback, and its data folder is
 * the caller's.
 */
export function writeAclFile(dir: string, file: string): void {
  mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 })
  for (const user of redisUsers) {
    const secret = join(folderOf(dir), user)
    if (!existsSync(secret)) writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
  }
  const acl = aclFile((user) => (user === 'default' ? undefined : [passwordOf(dir, user)]))
  writeFileSync(file, acl.replace(/^user default .*$/m, 'user default reset on nopass ~* &* +@all'), {
    mode: 0o600,
  })
}

const passwordOf = (dir: string, user: string) => readFileSync(join(folderOf(dir), user), 'utf8')

/** How a service shows who it is. */
export function credentials(dir: string, service: ServiceName): NodeJS.ProcessEnv {
  return { REDIS_USERNAME: service, REDIS_PASSWORD: '', REDIS_PASSWORD_FILE: join(folderOf(dir), service) }
}

/** Where `scripts/ordershop-ops` finds Redis. */
export function operatorUrl(dir: string, port: number): string {
  return `redis://ops:${passwordOf(dir, 'ops')}@127.0.0.1:${port}`
}
