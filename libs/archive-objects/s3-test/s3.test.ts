import { randomBytes, randomUUID } from 'node:crypto'
import { type FaultyProxy, faultyProxy, objectsContract } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { objectsAt } from '../src/objects-at.ts'
import { type S3Settings, s3Objects } from '../src/s3.ts'
import { bucket, credentials, type S3Server, startVersitygw } from './versitygw.ts'

let server: S3Server
let network: FaultyProxy
beforeAll(async () => {
  server = await startVersitygw()
  network = await faultyProxy(server.port)
})
afterAll(async () => {
  await network.close()
  server.stop()
})

function open(more: Partial<S3Settings> = {}) {
  const endpoint = `http://127.0.0.1:${server.port}`
  return s3Objects({ bucket, endpoint, region: 'us-east-1', credentials, ...more })
}
const openThere = (more: Partial<S3Settings> = {}) =>
  open({ endpoint: `http://127.0.0.1:${network.port}`, requestMs: 1_000, ...more })
const name = () => `order/0/segments/${randomUUID()}`
const unavailable = (what: RegExp) => ({ code: 'unavailable', message: expect.stringMatching(what) })

describe('objects in a bucket', () => {
  objectsContract(() => open())

  describe('under a prefix', () => {
    objectsContract(() => open({ prefix: 'production/' }))

    test('are not seen without it', async () => {
      const one = name()
      await open({ prefix: 'production/' }).create(one, randomBytes(10))
      expect(await open().read(one)).toBe(null)
      expect(await open().read(`production/${one}`)).toHaveLength(10)
    })
  })

  describe('that ARCHIVE_URL names', () => {
    const { accessKeyId, secretAccessKey } = credentials
    beforeAll(() => {
      vi.stubEnv('AWS_REGION', 'us-east-1')
      vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId)
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey)
      return () => void vi.unstubAllEnvs()
    })
    const ARCHIVE_URL = `s3://${bucket}/by/url/`
    objectsContract(() => objectsAt({ ARCHIVE_URL, ARCHIVE_S3_ENDPOINT: `http://127.0.0.1:${server.port}` }))

    test('are under its prefix', async () => {
      const one = name()
      await objectsAt({ ARCHIVE_URL, ARCHIVE_S3_ENDPOINT: `http://127.0.0.1:${server.port}` }).create(
        one,
        randomBytes(10),
      )
      expect(await open().read(`by/url/${one}`)).toHaveLength(10)
    })
  })

  test('are listed beyond the thousand names that a server gives at once', async () => {
    const objects = open()
    const folder = `many/${randomUUID()}`
    const names = Array.from({ length: 1_100 }, (_, n) => `${folder}/${10_000 + n}`)
    for (let from = 0; from < names.length; from += 50)
      await Promise.all(names.slice(from, from + 50).map((one) => objects.create(one, randomBytes(1))))
    expect(await objects.list(`${folder}/`, { limit: 5_000 })).toEqual(names)
  })

  test('are created once, also when the answer is lost: the repeat finds them there', async () => {
    const objects = openThere()
    const [one, bytes] = [name(), randomBytes(100_000)]
    network.dropReplyTo(/^PUT /)
    const before = network.dropped()
    await objects.create(one, bytes)
    expect(network.dropped()).toBe(before + 1)
    expect(bytes.equals((await objects.read(one)) ?? new Uint8Array())).toBe(true)
    expect(await objects.create(one, randomBytes(10))).toBe(false)
  })

  test('are there as a whole or not at all when the connection is cut in the middle of an upload', async () => {
    const objects = openThere()
    const [one, bytes] = [name(), randomBytes(32 * 1024 * 1024)]
    let cuts = 0
    const cutting = setInterval(() => {
      cuts++
      network.cut()
    }, 15)
    const created = await objects.create(one, bytes).then(
      () => true,
      (error: { code: string }) => error.code,
    )
    clearInterval(cutting)
    expect(cuts).toBeGreaterThan(0)
    const found = await open().read(one)
    if (created === 'unavailable') expect([null, bytes.length]).toContain(found?.length ?? null)
    else expect(bytes.equals(found ?? new Uint8Array())).toBe(true)
  })

  test('are unavailable, within a bounded time, where a server hangs or cannot be reached', async () => {
    const objects = openThere({ requestMs: 200 })
    await objects.create(name(), randomBytes(1))
    network.freeze()
    const hold = network.hold()
    await expect(objects.read(name())).rejects.toMatchObject(
      unavailable(/read order.*in bucket archive: TimeoutError/),
    )
    hold()
    const nobody = open({ endpoint: 'http://127.0.0.1:1' })
    await expect(nobody.create(name(), randomBytes(1))).rejects.toMatchObject(unavailable(/ECONNREFUSED/))
  })

  test('are unavailable without a bucket, or with another key, and say so', async () => {
    await expect(open({ bucket: 'nowhere' }).create(name(), randomBytes(1))).rejects.toMatchObject(
      unavailable(/in bucket nowhere: NoSuchBucket/),
    )
    const stranger = { ...credentials, secretAccessKey: 'guessed' }
    await expect(open({ credentials: stranger }).list('order/', { limit: 1 })).rejects.toMatchObject(
      unavailable(/SignatureDoesNotMatch/),
    )
  })

  test('are not there when the server had no space for them', async () => {
    const small = await startVersitygw(512)
    const objects = open({ endpoint: `http://127.0.0.1:${small.port}` })
    const one = name()
    try {
      await expect(objects.create(one, randomBytes(4 * 1024 * 1024))).rejects.toMatchObject(
        unavailable(/create/),
      )
      expect(await objects.read(one)).toBe(null)
      expect(await objects.create(one, randomBytes(1_000))).toBe(true)
    } finally {
      objects.close()
      small.stop()
    }
  })
})
