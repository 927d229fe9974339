import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { objectsAt } from '@ordershop/archive-objects'
import { eventually } from '@ordershop/core/testing'
import { folderObjects, type Objects } from '@ordershop/event-store'
import { objectsContract } from '@ordershop/event-store/testing'
import { newSigningKey, publicKeyOf, requestSigner } from '@ordershop/service'
import { knownKeysIn, type Served, serve } from '@ordershop/service/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { routes } from './routes.ts'

let root: string
let folder: Objects
let served: Served
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'served-'))
  folder = folderObjects(join(root, 'archive'))
  served = await serve(routes(folder))
})
afterAll(async () => {
  await served.close()
  await rm(root, { recursive: true, force: true })
})

describe('an archive that is read over HTTP, and written where it is', () => {
  objectsContract(() => {
    const { read, list } = objectsAt({ ARCHIVE_URL: served.url })
    return { ...folder, read, list }
  })
})

test('where keys are known only a reader with one of them gets in, and each page and object is asked for by itself', async () => {
  const [gateway, reader] = [newSigningKey(), newSigningKey()]
  const keys = join(root, 'reader-signing.json')
  await writeFile(keys, JSON.stringify({ keys: [reader] }))
  const known = knownKeysIn(JSON.stringify({ keys: [gateway, reader].map(publicKeyOf) }))
  const guarded = await serve(routes(folder), { callers: { service: 'archiver', known: () => known } })
  onTestFinished(() => guarded.close())
  await folder.create('guarded/a', Buffer.from('0123456789'))
  const there = objectsAt({ ARCHIVE_URL: guarded.url }, { sign: requestSigner(keys) })
  expect(await there.list('guarded/', { limit: 2_000 })).toEqual(['guarded/a'])
  expect(Buffer.from((await there.read('guarded/a', { start: 2, count: 3 })) ?? []).toString()).toBe('234')
  await expect(objectsAt({ ARCHIVE_URL: guarded.url }).read('guarded/a')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/it answers 401 .*expected a Bearer token in Authorization, got none/),
  })
})

test('more names than one answer has are listed by several', async () => {
  const names = Array.from({ length: 1_005 }, (_, n) => `many/${10_000 + n}`)
  await Promise.all(names.map((name) => folder.create(name, new Uint8Array(1))))
  const objects = objectsAt({ ARCHIVE_URL: `${served.url}/` })
  expect(await objects.list('many/', { limit: 5_000 })).toEqual(names)
  expect(await objects.list('many/', { after: '', limit: 5_000 })).toEqual(names)
  expect((await served.request('GET', '/archive/objects?prefix=many/&after=&limit=2')).body).toEqual({
    names: names.slice(0, 2),
  })
  expect(await objects.list('many/', { after: 'many/10001', limit: 1_001 })).toEqual(names.slice(2, 1_003))
})

test.each([
  ['/archive/objects?prefix=../', /is called '\.\.', expected words of/],
  ['/archive/objects?prefix=order/../../', /expected words of/],
  ['/archive/objects?prefix=order&after=%2Fetc', /expected words of/],
  ['/archive/objects?limit=1001', /limit: expected a whole number from 1 to 1000/],
  ['/archive/objects?limit=0', /limit: expected a whole number from 1 to 1000/],
  ['/archive/objects?prefix=a&prefix=b', /prefix: expected string/],
  ['/archive/objects/..%2f..%2fetc%2fpasswd', /expected words of/],
  ['/archive/objects/.unfinished-1', /expected words of/],
])('%s is refused, and what was expected is said', async (path, why) => {
  const { status, body } = await served.request('GET', path)
  const { error } = body as { error: { message: string; fields: { path: string; message: string }[] } }
  const said = [error.message, ...error.fields.map(({ path, message }) => `${path}: ${message}`)].join('\n')
  expect({ status, said }).toEqual({ status: 400, said: expect.stringMatching(why) })
})

test.each(['bytes=5-2', 'bytes=0-', 'bytes=-5', 'bytes=0-1,4-5', 'lines=0-1', 'bytes=0-67108864'])(
  'the range %s is refused: memory is set aside for it before anything is read',
  async (range) => {
    await folder.create('ranged', new Uint8Array(10))
    const { status, body } = await served.request('GET', '/archive/objects/ranged', undefined, { range })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { message: expect.stringContaining(`Range is '${range}', expected`) },
    })
  },
)

test('part of an object is 206 with where it lies, beyond its end 416, and another name 404', async () => {
  await folder.create('parts', Buffer.from('0123456789'))
  const part = (range: string, name = 'parts') =>
    served.request('GET', `/archive/objects/${name}`, undefined, { range })
  const { status, headers, body } = await part('bytes=8-100')
  expect([status, headers.get('content-range'), body]).toEqual([206, 'bytes 8-9/*', 89])
  expect((await part('bytes=10-11')).status).toBe(416)
  expect((await part('bytes=0-1', 'none')).headers.get('x-archive-object')).toBe('none')
})

test.each(['PUT', 'POST', 'DELETE'])('%s is refused: what is served is read only', async (method) => {
  await folder.create('kept', Buffer.from('kept'))
  for (const path of ['/archive/objects/kept', '/archive/objects']) {
    const { status, headers } = await served.request(method, path, { x: 1 })
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  }
  expect(await folder.list('kept', { limit: 1 })).toEqual(['kept'])
})

test('however many ask at once, eight objects are in memory, and who goes away makes room', async () => {
  let [reading, most] = [0, 0]
  const gate = Promise.withResolvers<void>()
  const slow: Objects = {
    ...folder,
    async read() {
      most = Math.max(most, ++reading)
      await gate.promise
      reading--
      return randomBytes(8 * 1024 * 1024)
    },
  }
  const busy = await serve(routes(slow))
  // They take nothing of what they get.
  const idle = Array.from({ length: 20 }, () => get(`${busy.url}/archive/objects/a`).on('error', () => {}))
  await eventually(() => expect(reading).toBe(8))
  gate.resolve()
  await eventually(() => expect(reading).toBe(0))
  for (const request of idle) request.destroy()
  const objects = objectsAt({ ARCHIVE_URL: busy.url })
  expect(await objects.read('a')).toHaveLength(8 * 1024 * 1024)
  expect(most).toBe(8)
  await busy.close()
})

test('an archiver that is killed in the middle of an answer gives no object', async () => {
  await folder.create('long', randomBytes(32 * 1024 * 1024))
  let connections = 0
  const proxy = createServer((request, response) => {
    connections++
    const asked = get(`${served.url}${request.url}`, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.once('data', (chunk) => response.write(chunk, () => response.destroy()))
    })
    response.once('close', () => asked.destroy())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  await expect(objectsAt({ ARCHIVE_URL: url }).read('long')).rejects.toMatchObject({ code: 'unavailable' })
  expect(connections).toBe(3)
  await new Promise((resolve) => proxy.close(resolve))
})
