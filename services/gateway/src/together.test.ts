import { expect, test } from 'vitest'
import { togetherBy } from './together.ts'
import type { UpstreamReply } from './upstreams.ts'

type Sent = { url: string; headers: Record<string, string>; body: unknown }

/** A service that answers each greeting, and what it was sent. */
function service(refuse: (sent: Sent) => number | undefined = () => undefined) {
  const sent: Sent[] = []
  const greet = ({ name }: { name: string }) =>
    name === 'nobody' ? { status: 404, body: { error: name } } : { status: 200, body: { hello: name } }
  const post = togetherBy(async (url, { headers, body }): Promise<UpstreamReply> => {
    const asked = { url, headers, body: JSON.parse(body) }
    sent.push(asked)
    await new Promise((resolve) => setImmediate(resolve))
    const refused = refuse(asked)
    if (refused === 0) throw new Error('broken off')
    if (refused) return { status: refused, body: '{"error":"refused"}' }
    if (!('requests' in asked.body)) {
      const { status, body } = greet(asked.body)
      return { status, body: JSON.stringify(body) }
    }
    const answers = asked.body.requests.map((one: { body: { name: string } }) => greet(one.body))
    return { status: 200, body: JSON.stringify({ answers }) }
  })
  const greeting = (name: string, url = '/greetings') =>
    post(url, { headers: { 'x-command-id': `of-${name}` }, body: JSON.stringify({ name }) })
  return { sent, greeting }
}

const sizes = (sent: readonly Sent[]) =>
  sent.map(({ body }) => (body as { requests?: unknown[] }).requests?.length ?? 1)

test('a lone request waits for nothing and travels by itself, with its own headers', async () => {
  const { sent, greeting } = service()
  expect(await greeting('Ada')).toEqual({ status: 200, body: '{"hello":"Ada"}' })
  expect(sent).toEqual([{ url: '/greetings', headers: { 'x-command-id': 'of-Ada' }, body: { name: 'Ada' } }])
})

test('requests that wait at the same moment travel together, each with its headers and its answer', async () => {
  const { sent, greeting } = service()
  const names = ['a', 'b', 'c', 'nobody', 'e']
  const replies = await Promise.all(names.map((name) => greeting(name)))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200])
  expect(replies[4]?.body).toBe('{"hello":"e"}')
  expect(sizes(sent)).toEqual([1, 1, 3])
  expect(sent[2]?.body).toMatchObject({
    requests: [{ headers: { 'x-command-id': 'of-c' }, body: { name: 'c' } }, {}, {}],
  })
})

test('no more than 64 travel together, and those to another URL by themselves', async () => {
  const { sent, greeting } = service()
  const many = Array.from({ length: 140 }, (_, k) => greeting(`n${k}`))
  await Promise.all([...many, greeting('Ada', '/elsewhere')])
  expect(sizes(sent.filter(({ url }) => url === '/greetings'))).toEqual([1, 1, 64, 64, 10])
  expect(sizes(sent.filter(({ url }) => url === '/elsewhere'))).toEqual([1])
})

test('what breaks off fails all that travelled, and a service that takes none of them is the answer to all', async () => {
  const broken = service(({ body }) => ('requests' in (body as object) ? 0 : undefined))
  const settled = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => broken.greeting(name)))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
  for (const refusal of [503, 401]) {
    const away = service(() => refusal)
    const replies = await Promise.all(['a', 'b', 'c', 'd'].map((name) => away.greeting(name)))
    expect(replies.map(({ status }) => status)).toEqual([1, 2, 3, 4].map(() => refusal))
    expect(sizes(away.sent)).toEqual([1, 1, 2])
  }
})

test('a service of a release that takes them one by one gets them so', async () => {
  const { sent, greeting } = service(({ body }) => ('requests' in (body as object) ? 400 : undefined))
  const replies = await Promise.all(['a', 'b', 'c', 'd'].map((name) => greeting(name)))
  expect(replies.map(({ body }) => body)).toEqual(['a', 'b', 'c', 'd'].map((name) => `{"hello":"${name}"}`))
  expect(sizes(sent)).toEqual([1, 1, 2, 1, 1])
})
