import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { clientOf } from '@ordershop/check/client'
import { eventually } from '@ordershop/core/testing'
import { portsFrom } from '@ordershop/local-shop/ports'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newSandbox, opsCommand, shopCommand } from './sandbox.ts'

const { sandbox, end } = await newSandbox('reset', { ARCHIVE_SEAL_MS: '200' })
const gateway = portsFrom(sandbox.portBase).instance('gateway', 1)
const client = clientOf([`http://127.0.0.1:${gateway}`], [200, 202])
beforeAll(() => shopCommand(sandbox, 'up', '--detach', '--no-demo'))
afterAll(end)

const archived = async () => {
  const found: { events: number }[] = JSON.parse(await opsCommand(sandbox, '--json', 'archive', 'verify'))
  return found.reduce((sum, { events }) => sum + events, 0)
}
const isArchived = () => eventually(async () => (await archived()) > 0, { withinMs: 30_000, everyMs: 200 })
const createCustomer = () => client.create('/customers', { name: 'Ada', email: 'ada@reset.example' })

test('a shop that is emptied has no archive of what it was, and archives what it becomes', async () => {
  await createCustomer()
  await isArchived()
  expect(await shopCommand(sandbox, 'reset')).toMatch(/keys deleted\nits archive deleted\n/)
  expect(await archived()).toBe(0)
  await createCustomer()
  await isArchived()
})

test('also while it does not run; and with SHOP_ARCHIVE=off it runs without one', async () => {
  await shopCommand(sandbox, 'down')
  expect(existsSync(join(sandbox.dir, 'archive'))).toBe(true)
  const elsewhere = { ...sandbox, env: { ...sandbox.env, ARCHIVE_URL: 's3://bucket/shop' } }
  expect(await shopCommand(elsewhere, 'reset')).toMatch(
    /its archive deleted\nthe archive at s3:\/\/bucket\/shop is left as it is/,
  )
  const off = { ...sandbox, env: { ...sandbox.env, SHOP_ARCHIVE: 'off' } }
  expect(await shopCommand(off, 'up', '--detach', '--no-demo')).toContain('archive   none: SHOP_ARCHIVE=off')
  await createCustomer()
  expect(await shopCommand(off, 'status')).not.toContain('archiver')
  expect(await shopCommand(off, 'lag', '--once')).not.toContain('archive')
  expect(existsSync(join(sandbox.dir, 'archive'))).toBe(false)
})
