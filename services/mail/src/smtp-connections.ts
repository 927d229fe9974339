// Connections to a mail server: nodemailer's SMTP client, without what composes any mail and pools for any caller, which
// cost four times as much as the client itself.
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type Envelope } from 'nodemailer/lib/smtp-connection'

const connectMs = 2_000

/** How long one mail may take, connecting included, in milliseconds, and what breaks it off before. */
type Within = { readonly timeoutMs: number; readonly signal: AbortSignal }

/** Connections to `smtp[s]://[user:password@]host:port`; one that has sent a mail is kept for the next. */
export function smtpConnections(url: string) {
  const { auth, ...server } = parseConnectionUrl(url)
  const idle = new Set<SMTPConnection>()

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
    /** Sends one mail. @throws nodemailer's error, whose `command` and `responseCode` say what was refused; or that it took too long. */
    async send(envelope: Envelope, message: string, { timeoutMs, signal }: Within): Promise<void> {
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
        idle.add(connection)
      } catch (error) {
        connection.close()
        throw error
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
    },
    close(): void {
      for (const connection of idle) connection.close()
      idle.clear()
    },
  }
}
