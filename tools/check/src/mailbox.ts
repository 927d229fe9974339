// The mail catcher of a development shop: takes every mail by SMTP and lists them over HTTP, all or, with `?to=`, those to one
// address. Sends nothing.
import { createServer, type ServerResponse } from 'node:http'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A caught mail, as `GET /messages` lists it; `messageId` is in angle brackets. */
export type CaughtMail = {
  readonly messageId: string
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly receivedAt: string
}

const keptMails = 10_000
const mails: CaughtMail[] = []

async function caught(raw: Buffer): Promise<CaughtMail> {
  const { messageId = '', from, to, subject = '', text = '' } = await simpleParser(raw)
  const recipients = [to ?? []].flat().map((address) => address.text)
  return {
    messageId,
    to: recipients.join(', '),
    from: from?.text ?? '',
    subject,
    text: text.trimEnd(),
    receivedAt: new Date().toISOString(),
  }
}

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  async onData(stream, _session, done) {
    try {
      mails.push(await caught(Buffer.concat(await stream.toArray())))
      if (mails.length > keptMails) mails.shift()
      done()
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  },
})
// A client that is killed in the middle of a mail is everyday life here.
smtp.on('error', (error) => console.error(`smtp: ${error.message}`))

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}

const http = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mailbox')
  const wanted = searchParams.get('to')
  if (pathname === '/livez' || pathname === '/readyz') return answer(response, 200, 'ok')
  if (pathname !== '/messages') return answer(response, 404, { error: `${pathname}: expected /messages` })
  if (request.method === 'GET')
    return answer(
      response,
      200,
      mails.filter(({ to }) => wanted === null || to.includes(wanted)),
    )
  if (request.method === 'DELETE') return answer(response, 200, { deleted: mails.splice(0).length })
  return answer(response, 405, { error: `${request.method}: expected GET or DELETE` })
})

const { HOST = '127.0.0.1', PORT = '5080', SMTP_PORT = '5025' } = process.env
smtp.listen(Number(SMTP_PORT), HOST, () => {
  http.listen(Number(PORT), HOST, () =>
    console.log(`mailbox: smtp://${HOST}:${SMTP_PORT}, http://${HOST}:${PORT}`),
  )
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    http.close()
    http.closeAllConnections()
    smtp.close(() => process.exit(0))
    // Its clients keep their connections open, and it has nothing to lose.
    setTimeout(() => process.exit(0), 500).unref()
  })
}
