// Connections to a mail server: nodemailer's SMTP client, without what composes any mail and pools for any caller, which
// cost four times as much as the client itself.
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type Envelope } from 'nodemailer/lib/smtp-connection'

const connectMs = 2_000

/** How long one mail may take, connecting included, in milliseconds, and what breaks it off before. */
type Within = { readonly timeoutMs: number; readonly signal: AbortSignal }

type SmtpConnections = {
  /** Sends one mail. @throws nodemailer's error, whose `command` and `responseCode` say what was refused; or that it took too long. */
  send(envelope: Envelope, message: string, within: Within): Promise<void>
  close(): void
}

/** Connections to the mail server that the URL names now: `smtp[s]://[user:password@]host:port`. With another, those to the one before end. */
export function smtpConnections(urlNow: () => string): SmtpConnections {
  let url = urlNow()
  let current = connectionsTo(url)
  return {
    async send(...mail) {
      const now = urlNow()
      if (now !== url) {
        current.close()
        url = now
        current = connectionsTo(url)
      }
      await current.send(...mail)
    },
    close: () => current.close(),
  }
}

/** Those to one server; one that has sent a mail is kept for the next. */
function connectionsTo(url: string): SmtpConnections {
  const { auth, ...server } = parseConnectionUrl(url)
  const idle = new Set<SMTPConnection>()
  let closed = false

  function takeIdle(): SMTPConnection | undefined {
    for (const connection of idle) {
      idle.delete(connection)
      return connection
    }
    return undefined
  }

  function open(connection: SMTPConnection): Promise<void> {
    return new Promise((resolve, reject) => {
      const broken = (error: Error) => {
        idle.delete(connection)
        reject(error)
      }
      connection.on('error', broken)
      connection.on('end', () => broken(new Error('the mail server closed the connection')))
      const done = (error?: Error | null) => (error ? reject(error) : resolve())
      connection.connect((error) => {
        if (error || !auth) done(error)
        else connection.login({ credentials: auth, ...auth }, done)
      })
    })
  }

  function post(connection: SMTPConnection, envelope: Envelope, message: string): Promise<void> {
    return new Promise((resolve, reject) => {
      connection.send(envelope, message, (error) => (error ? reject(error) : resolve()))
    })
  }

  return {
    async send(envelope, message, { timeoutMs, signal }) {
      const kept = takeIdle()
      const timeouts = { connectionTimeout: connectMs, greetingTimeout: connectMs }
      const connection = kept ?? new SMTPConnection({ ...server, ...timeouts })
      const brokenOff = Promise.withResolvers<never>()
      const giveUp = () => brokenOff.reject(new Error(`not sent within ${timeoutMs} ms`))
      const timer = setTimeout(giveUp, timeoutMs)
      signal.addEventListener('abort', giveUp)
      try {
        const ready = kept ? Promise.resolve() : open(connection)
        await Promise.race([brokenOff.promise, ready.then(() => post(connection, envelope, message))])
        if (closed) connection.close()
        else idle.add(connection)
      } catch (error) {
        connection.close()
        throw error
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
    },
    close() {
      closed = true
      for (const connection of idle) connection.close()
      idle.clear()
    },
  }
}
