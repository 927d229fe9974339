import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { clientOf, each } from '@ordershop/check/client'
import { settled } from '@ordershop/check/log'
import { catalog } from '@ordershop/contracts'
import { folderObjects } from '@ordershop/event-store'
import { afterAll, expect, inject, test } from 'vitest'
import { opsCommand } from './sandbox.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])
const folder = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ops = (...args: string[]) => {
  const sandbox = inject('sandbox')
  const env = { ...sandbox.env, ARCHIVE_URL: pathToFileURL(folder).href }
  return opsCommand({ ...sandbox, env }, '--json', 'archive', ...args)
}
const report = async (...args: string[]) => JSON.parse(await ops(...args)) as Record<string, unknown>[]

test('the log of a shop is archived while it works, checked, and printed as it was', async () => {
  const ordering = client.post(
    '/customers',
    each(200, (n) => ({ name: `Reader ${n}`, email: `r${n}@archive.example` })),
  )
  await report('seal')
  await ordering
  await settled(store)
  const sealed = await report('seal')
  expect(sealed.map(({ topic, behind }) => [topic, behind])).toEqual(
    catalog.topics.map((topic) => [topic, 0]),
  )
  expect(await report('status')).toEqual(sealed)

  const found = await report('verify')
  expect(found.every(({ problem }) => problem === 'none')).toBe(true)
  for (const topic of ['customer', 'order', 'mail']) {
    const expected: unknown[] = []
    for (let partition = 0; partition < store.partitions; partition++)
      for await (const event of store.readTopic(topic, partition)) expected.push(event)
    const printed = (await ops('export', topic)).split('\n').filter((line) => line !== '')
    expect(printed.map((line) => JSON.parse(line))).toEqual(expected)
  }
  console.log(
    `${found.reduce((sum, { events }) => sum + Number(events), 0)} events in ${found.length} partitions`,
  )
})

test('a segment that somebody changed is named, and exit code 1 tells of it', async () => {
  const [name] = await folderObjects(folder).list('customer/0/segments/', { limit: 1 })
  const file = join(folder, `${name}`)
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(file, bytes)
  await expect(ops('verify', 'customer')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(new RegExp(`segment ${name}: its .* are? not`)),
  })
})

test('an archive that is nowhere is refused in one sentence', async () => {
  const sandbox = inject('sandbox')
  await expect(opsCommand(sandbox, 'archive', 'seal')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      "ARCHIVE_URL is '', expected file:///folder, s3://bucket/prefix or http://host:port",
    ),
  })
})
