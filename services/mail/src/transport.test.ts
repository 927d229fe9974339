import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, test } from 'vitest'
import type { OutgoingMail } from './message.ts'
import { consoleTransport, smtpTransport, type Transport } from './transport.ts'

const letter: OutgoingMail = {
  to: { name: 'Ada', address: 'ada@example.com' },
  subject: 'Welcome',
  text: 'Dear Ada',
  messageId: '<m-1@ordershop>',
}
const plenty = {
  leaseLeftMs: () => 4_999.25,
  signal: new AbortController().signal,
  leaving: new AbortController().signal,
}

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

type Received = { to: string[]; raw: string }

async function mailServer(
  hooks: SMTPServerOptions = {},
  user: string | (() => string) = '',
): Promise<{ transport: Transport; received: Received[]; sockets: Socket[] }> {
  const received: Received[] = []
  const sockets: Socket[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    async onData(stream, session, done) {
      const raw = Buffer.concat(await stream.toArray()).toString()
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
      done()
    },
    ...hooks,
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { transport: connected((server.server.address() as AddressInfo).port, user), received, sockets }
}

/** A server that speaks only as `onLine` says; for what a polite server never does. */
async function rawServer(greeting: string | undefined): Promise<{ transport: Transport; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (greeting) socket.end(`${greeting}\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { transport: connected((server.address() as AddressInfo).port), server }
}

function connected(port: number, user: string | (() => string) = ''): Transport {
  const url = () => `smtp://${typeof user === 'string' ? user : user()}127.0.0.1:${port}`
  const transport = smtpTransport(url, 'OrderShop <shop@ordershop.example>')
  closers.unshift(() => transport.close())
  return transport
}

function refusing(step: 'onMailFrom' | 'onRcptTo' | 'onConnect', responseCode: number): SMTPServerOptions {
  const refuse = (_: unknown, __: unknown, done: (error: Error) => void) =>
    done(Object.assign(new Error('not now'), { responseCode }))
  return { [step]: step === 'onConnect' ? (_: unknown, done: never) => refuse(_, _, done) : refuse }
}

const isUnavailable = (error: unknown) => error instanceof AppError && error.code === 'unavailable'

test('a mail arrives with its Message-ID, at its address', async () => {
  const { transport, received } = await mailServer()
  deepStrictEqual(await transport.send(letter, plenty), { outcome: 'sent' })
  strictEqual(received.length, 1)
  deepStrictEqual(received[0]?.to, ['ada@example.com'])
  match(received[0]?.raw ?? '', /^Message-ID: <m-1@ordershop>\r$/im)
  match(received[0]?.raw ?? '', /^Subject: Welcome\r$/m)
})

test('an address that does not exist is refused permanently', async () => {
  const { transport } = await mailServer(refusing('onRcptTo', 550))
  const result = await transport.send(letter, plenty)
  strictEqual(result.outcome, 'refused')
  match(result.outcome === 'refused' ? result.reason : '', /550/)
})

test('mails that follow each other use one connection, and another when the server has ended it', async () => {
  const { transport, received, sockets } = await mailServer()
  for (let n = 0; n < 150; n++) await transport.send(letter, plenty)
  strictEqual(sockets.length, 1)
  await Promise.all(sockets.map((socket) => once(socket.end(), 'close')))
  await transport.send(letter, plenty)
  strictEqual(sockets.length, 2)
  strictEqual(received.length, 151)
})

test('a server that asks who sends is told by the URL, and a wrong password is no refusal of the mail', async () => {
  const auth: SMTPServerOptions = {
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'shop' && password === 's ecret' ? done(null, { user: 'shop' }) : done(new Error('who?')),
  }
  const { transport } = await mailServer(auth, 'shop:s%20ecret@')
  deepStrictEqual(await transport.send(letter, plenty), { outcome: 'sent' })
  const { transport: stranger } = await mailServer(auth, 'shop:guessed@')
  await rejects(stranger.send(letter, plenty), isUnavailable)
})

test('a password that has changed is used from the next mail on, and connections of the old one end', async () => {
  let password = 'old'
  const logins: (string | null)[] = []
  const auth: SMTPServerOptions = {
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ password: given = null }, _session, done) {
      logins.push(given)
      if (given === password) done(null, { user: 'shop' })
      else done(new Error('who?'))
    },
  }
  let inFile = 'old'
  const { transport, sockets } = await mailServer(auth, () => `shop:${inFile}@`)
  await transport.send(letter, plenty)
  password = 'new'
  // Who is let in already stays in; the file comes later.
  deepStrictEqual(await transport.send(letter, plenty), { outcome: 'sent' })
  inFile = 'new'
  deepStrictEqual(await transport.send(letter, plenty), { outcome: 'sent' })
  deepStrictEqual(logins, ['old', 'new'])
  await eventually(() => sockets[0]?.destroyed)
})

test('a mailbox that is full for now is an error of this mail, so that it is retried and then parked', async () => {
  const { transport } = await mailServer(refusing('onRcptTo', 452))
  await rejects(
    transport.send(letter, plenty),
    (error) => !(error instanceof AppError) && /452/.test(`${error}`),
  )
})

test('a server that accepts nothing for now is unavailable', async () => {
  for (const step of ['onConnect', 'onMailFrom'] as const) {
    const { transport } = await mailServer(refusing(step, 421))
    await rejects(transport.send(letter, plenty), isUnavailable, step)
  }
})

test('a server that rejects every client is unavailable, however it reports it', async () => {
  for (const greeting of [
    '450 too many connections',
    '554 no mail service here',
    'HTTP/1.1 400 Bad Request',
  ]) {
    const { transport } = await rawServer(greeting)
    await rejects(transport.send(letter, plenty), isUnavailable, greeting)
  }
})

test('no server at all is unavailable', async () => {
  const { transport, server } = await rawServer('554 gone')
  await new Promise((resolve) => server.close(resolve))
  await rejects(transport.send(letter, plenty), isUnavailable)
})

test('a server that never answers is abandoned before the lease expires', async () => {
  const { transport } = await rawServer(undefined)
  const started = performance.now()
  await rejects(transport.send(letter, { ...plenty, leaseLeftMs: () => 1_100 }), isUnavailable)
  strictEqual(performance.now() - started < 1_100, true)
})

test('a mail is not started when the lease is about to expire', async () => {
  const { transport, received } = await mailServer()
  await rejects(transport.send(letter, { ...plenty, leaseLeftMs: () => 900 }), isUnavailable)
  deepStrictEqual(received, [])
})

test('many mails wait for their turn, and each checks the lease when its turn comes', async () => {
  let open = 0
  let most = 0
  let begun = 0
  const { transport, received } = await mailServer({
    onMailFrom(_address, _session, done) {
      most = Math.max(most, ++open)
      setImmediate(() => done())
    },
    async onData(stream, session, done) {
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: `${await stream.toArray()}`,
      })
      open--
      done()
    },
  })
  const leaseLeftMs = () => {
    begun++
    return 5_000
  }
  const allowed = { ...plenty, leaseLeftMs }
  const all = Promise.all(Array.from({ length: 40 }, () => transport.send(letter, allowed)))
  strictEqual(begun < 40, true)
  await all
  strictEqual(received.length, 40)
  strictEqual(begun, 40)
  strictEqual(most <= 5, true)
})

test('when the partition is being released, mails under way are sent, and waiting ones are not started', async () => {
  const leaving = new AbortController()
  const { transport, received } = await mailServer({
    async onData(stream, session, done) {
      leaving.abort()
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: `${await stream.toArray()}`,
      })
      done()
    },
  })
  const allowed = { ...plenty, leaving: leaving.signal }
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => transport.send(letter, allowed)))
  const [sent, put] = [
    all.filter(({ status }) => status === 'fulfilled'),
    all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  ]
  strictEqual(sent.length, received.length)
  strictEqual(sent.length <= 5, true)
  strictEqual(put.every(isUnavailable), true)
})

test('without a server a mail is printed to the log', async () => {
  const printed: string[] = []
  const transport = consoleTransport({ info: (_fields, message) => printed.push(message) })
  deepStrictEqual(await transport.send(letter, plenty), { outcome: 'sent' })
  deepStrictEqual(printed, ['mail to ada@example.com: Welcome'])
})
