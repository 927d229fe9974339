import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@ordershop/core/testing'
import express from 'express'
import { expect, test } from 'vitest'
import { jsonArray, jsonObject, sendJson } from './stream.ts'

const show = (item: number) => ({ item, text: 'x'.repeat(100) })

/** Pages of 100 items, which tells how many were read, and whether the reading has ended. */
function pages(count: number) {
  const read = { pages: 0, ended: false }
  async function* all() {
    try {
      for (let page = 0; page < count; page++) {
        read.pages++
        yield Array.from({ length: 100 }, (_, k) => page * 100 + k)
      }
    } finally {
      read.ended = true
    }
  }
  return { read, all }
}

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('an array is the JSON of its items, whatever pages they come in, empty ones too', async () => {
  async function* uneven() {
    yield []
    yield [1, 2]
    yield []
    yield [3]
  }
  expect(await textOf(jsonArray(uneven(), show))).toBe(JSON.stringify([1, 2, 3].map(show)))
  expect(await textOf(jsonArray(pages(0).all(), show))).toBe('[]')
})

test('an object is the JSON of its fields, each an array', async () => {
  const fields = [
    ['a', jsonArray(pages(1).all(), show)] as const,
    ['b', jsonArray(pages(0).all(), show)] as const,
  ]
  const expected = { a: Array.from({ length: 100 }, (_, k) => show(k)), b: [] }
  expect(JSON.parse(await textOf(jsonObject(fields)))).toEqual(expected)
  expect(await textOf(jsonObject([]))).toBe('{}')
})

test('a caller that does not read holds up the reading of pages, and one that goes away ends it', async () => {
  const { read, all } = pages(100_000)
  const failures: unknown[] = []
  const app = express().get('/', (_request, response) => {
    sendJson(response, jsonArray(all(), show)).catch((error) => failures.push(error))
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // With a listener that takes no data, Node leaves the response unread.
  const caller = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, () => {})
  caller.on('error', () => {})
  let before = -1
  await eventually(
    () => {
      const still = read.pages > 0 && read.pages === before
      before = read.pages
      expect(still).toBe(true)
    },
    { everyMs: 100 },
  )
  expect(read).toMatchObject({ ended: false })
  expect(read.pages).toBeLessThan(5_000)
  caller.destroy()
  await eventually(() => expect(read.ended).toBe(true))
  expect(failures).toEqual([])
  await new Promise((closed) => server.close(closed))
})
