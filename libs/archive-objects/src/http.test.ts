import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { httpObjects } from './http.ts'
import { noObjectHeader } from './wire.ts'

/** A server that answers as told, and how often it was asked. */
async function answering(answer: RequestListener) {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { objects: httpObjects(url, { requestMs: 300 }), url, asked: () => asked, close }
}

const unavailable = (why: RegExp) => ({ code: 'unavailable', message: expect.stringMatching(why) })

test('a body that is cut in the middle is asked for again, and never taken for an object', async () => {
  let cuts = 2
  const { objects, asked } = await answering((_request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    if (cuts-- > 0) response.write('01234', () => response.destroy())
    else response.end('0123456789')
  })
  expect(Buffer.from((await objects.read('order/a')) ?? []).toString()).toBe('0123456789')
  expect(asked()).toBe(3)
  cuts = 3
  await expect(objects.read('order/a')).rejects.toMatchObject(unavailable(/^archive: read order\/a at http:/))
})

test('so is a body of a length that was not told', async () => {
  const { objects } = await answering((_request, response) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' })
    response.write('01234', () => response.destroy())
  })
  await expect(objects.read('order/a')).rejects.toMatchObject(unavailable(/read order\/a/))
})

test.each([
  ['before its answer', () => {}],
  ['in the middle of its answer', ((_request, response) => response.write('0')) as RequestListener],
])('a server that hangs %s is given up within a bounded time', async (_when, hang) => {
  const { objects, asked } = await answering(hang)
  const began = performance.now()
  await expect(objects.read('order/a')).rejects.toMatchObject(unavailable(/timeout/))
  await expect(objects.list('order/', { limit: 1 })).rejects.toMatchObject(unavailable(/list order\//))
  expect(asked()).toBe(6)
  expect(performance.now() - began).toBeLessThan(2 * (3 * 300 + 2 * 500))
})

test('a server that is not there is unavailable, and one that comes back is asked again', async () => {
  const { objects, close } = await answering((_request, response) => response.end('x'))
  expect(await objects.read('order/a')).toHaveLength(1)
  await close()
  await expect(objects.read('order/a')).rejects.toMatchObject(unavailable(/ECONNREFUSED/))
})

test('a 503 is tried again, a 400 is not, and both say what the server said', async () => {
  let [status, left] = [503, 1]
  const { objects, asked } = await answering((_request, response) => {
    response.writeHead(left-- > 0 ? status : 200).end('that was said')
  })
  expect(await objects.read('order/a')).toHaveLength(13)
  expect(asked()).toBe(2)
  status = 400
  left = 1
  const refused = { code: 'invalid', message: expect.stringContaining('that was said') }
  await expect(objects.read('order/a')).rejects.toMatchObject(refused)
  expect(asked()).toBe(3)
})

test('only an archiver can say that there is no such object: any other 404 is a mistaken address', async () => {
  let headers = {}
  const { objects } = await answering((_request, response) => response.writeHead(404, headers).end('nothing'))
  await expect(objects.read('order/a')).rejects.toMatchObject(
    unavailable(/answers 404 \(nothing\), expected an archiver/),
  )
  headers = { [noObjectHeader]: 'none' }
  expect(await objects.read('order/a')).toBe(null)
})

test('what answers a list with something else is no archive, and not an empty one', async () => {
  const { objects } = await answering((_request, response) => response.end('<html>'))
  await expect(objects.list('order/', { limit: 5 })).rejects.toMatchObject(unavailable(/got '<html>'/))
})

test('a list behind nothing is asked for as one from the beginning', async () => {
  const { objects } = await answering(({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://archiver')
    const names = ['order/a', 'order/b', 'order/c'].filter((name) => name > (searchParams.get('after') ?? ''))
    response.writeHead(searchParams.get('after') === '' ? 400 : 200).end(JSON.stringify({ names }))
  })
  expect(await objects.list('order/', { after: '', limit: 5 })).toEqual(['order/a', 'order/b', 'order/c'])
  expect(await objects.list('order/', { after: 'order/b', limit: 5 })).toEqual(['order/c'])
})

test('a server that does not know ranges gives the whole, of which the part is taken', async () => {
  const { objects } = await answering((_request, response) => response.end('0123456789'))
  const part = await objects.read('order/a', { start: 3, count: 2 })
  expect(Buffer.from(part ?? []).toString()).toBe('34')
})

test('nothing is written there, and who tries is told where it could be', async () => {
  const { objects, url, asked } = await answering((_request, response) => response.end())
  for (const written of [
    objects.create('order/a', new Uint8Array(1)),
    objects.replace('order/a', new Uint8Array(1)),
  ])
    await expect(written).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(`order/a at ${url}: what is served there is read only, expected file:`),
    })
  expect(asked()).toBe(0)
})
