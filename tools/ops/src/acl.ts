import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@ordershop/core'
import { aclFile, redisUsers } from '@ordershop/shop'

/** The ACL file, with the hashes of the passwords in `dir`, or to be filled in. @throws AppError `invalid` for a user without one. */
export function acl(dir?: string): string {
  if (dir === undefined) return aclFile().trimEnd()
  const found = new Map(
    [...redisUsers, 'default'].map((user) => [user, passwordsIn(join(dir, user))] as const),
  )
  const missing = redisUsers.filter((user) => !found.get(user))
  if (missing.length > 0)
    throw new AppError(
      'invalid',
      `${dir}: found no password of ${missing.join(', ')}, expected a file of that name`,
    )
  return aclFile((user) => found.get(user)).trimEnd()
}

function passwordsIn(file: string): readonly string[] | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  return lines.length > 0 ? lines : undefined
}
