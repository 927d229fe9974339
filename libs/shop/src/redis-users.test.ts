import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aclFile, redisUsers } from './redis-users.ts'

const chart = join(import.meta.dirname, '../../../charts/ordershop')

test("the chart's users are those that `pnpm chart-acl` writes", () => {
  expect(readFileSync(join(chart, 'redis-users.acl'), 'utf8')).toBe(aclFile())
})

test('passwords are in the file as hashes, two while one replaces the other, and who has none cannot come in', () => {
  const file = aclFile((user) => (user === 'order' ? ['former secret', 'next secret'] : undefined))
  const [line = ''] = file.split('\n').filter((one) => one.startsWith('user order '))
  const sha256 = '[0-9a-f]{64}'
  expect(line).toMatch(new RegExp(`^user order reset on #${sha256} #${sha256} resetchannels -@all `))
  expect(file).not.toMatch(/secret|nopass/)
  expect(file).toMatch(/^user crm reset on resetchannels /m)
  expect(file).toMatch(/\nuser default reset off\n$/)
})

test('every user has a line', () => {
  const users = aclFile().matchAll(/^user (\S+) /gm)
  expect([...users].map(([, user]) => user)).toEqual([...redisUsers, 'default'])
})
