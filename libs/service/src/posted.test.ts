import { AppError } from '@ordershop/core'
import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createLog } from './log.ts'
import { posted } from './posted.ts'
import { type Served, serve } from './testing.ts'

const greeting = z.object({ name: z.string().min(1) })
const router = Router()
router.post(
  '/greetings',
  posted(greeting, async ({ name }, { commandId, correlationId, actor }) => {
    if (name === 'nobody') throw new AppError('not_found', 'nobody is there')
    if (name === 'later') throw new AppError('unavailable', 'come again')
    if (name === 'bug') throw new TypeError('secret detail')
    return { text: `hello ${name}`, commandId, correlationId, actor }
  }),
)
const lines: Record<string, unknown>[] = []
let app: Served
beforeAll(async () => {
  const log = createLog({ service: 'test' }, { write: (line) => void lines.push(JSON.parse(line)) })
  app = await serve(router, { log })
})
afterAll(() => app.close())

const asked = (id: string, name: unknown) => ({
  headers: { 'x-command-id': id, 'x-correlation-id': `request-${id}`, 'x-actor': `actor-${id}` },
  body: { name },
})

test('a request that comes alone is answered as such', async () => {
  const { headers, body } = asked('c1', 'Ada')
  const answer = await app.request('POST', '/greetings', body, headers)
  const text = { text: 'hello Ada', commandId: 'c1', correlationId: 'request-c1', actor: 'actor-c1' }
  expect(answer).toMatchObject({ status: 200, body: text })
  expect(await app.request('POST', '/greetings', { name: 'nobody' })).toMatchObject({ status: 404 })
})

test('of requests that come together each has its own cause and answer, and a refused one fails no other', async () => {
  const names = ['Ada', 'nobody', '', 'later', 'bug', 'Bob']
  const requests = names.map((name, k) => asked(`c${k}`, name))
  const { status, body } = await app.request('POST', '/greetings', { requests })
  expect(status).toBe(200)
  const { answers } = body as { answers: { status: number; body: { error?: object } }[] }
  expect(answers.map((answer) => answer.status)).toEqual([200, 404, 400, 503, 500, 200])
  expect(answers[5]?.body).toEqual({
    ...{ text: 'hello Bob', commandId: 'c5', correlationId: 'request-c5', actor: 'actor-c5' },
  })
  expect(answers[1]?.body.error).toEqual({ code: 'not_found', message: 'nobody is there', fields: [] })
  expect(answers[2]?.body.error).toMatchObject({ code: 'invalid', fields: [{ path: 'name' }] })
  expect(answers[4]?.body.error).toEqual({ code: 'internal', message: 'Internal error', fields: [] })
  expect(lines.some((line) => JSON.stringify(line).includes('secret detail'))).toBe(true)
})

test('more than 64 requests together, and such as are none, are refused as a whole', async () => {
  const many = Array.from({ length: 65 }, (_, k) => asked(`c${k}`, 'Ada'))
  expect(await app.request('POST', '/greetings', { requests: many })).toMatchObject({ status: 400 })
  expect(await app.request('POST', '/greetings', { requests: [] })).toMatchObject({ status: 400 })
  expect(await app.request('POST', '/greetings', { requests: [{ body: {} }] })).toMatchObject({ status: 400 })
})
