import { AppError } from '@ordershop/core'
import parseAddresses from 'nodemailer/lib/addressparser'
import pLimit from 'p-limit'
import { messageOf, type OutgoingMail } from './message.ts'
import { smtpConnections } from './smtp-connections.ts'

/** What the mail server made of it; a refusal is final. */
export type Outcome = { readonly outcome: 'sent' } | { readonly outcome: 'refused'; readonly reason: string }

/** The time in which a mail may be sent: asked when its turn comes, which may be long after `send` was called. */
type Allowance = { leaseLeftMs(): number; readonly signal: AbortSignal; readonly leaving: AbortSignal }

/**
 * Sends mails. `send` rejects with `unavailable` when the server cannot be reached or takes nothing now, and with a
 * plain error when it puts off this very mail.
 */
export type Transport = { send(mail: OutgoingMail, allowed: Allowance): Promise<Outcome>; close(): void }

const connections = 5
/** Kept of the lease for recording what came of the mail. */
const reserveMs = 500
const leastMs = 500

/**
 * Sends to `smtp[s]://[user:password@]host:port`, over at most five connections that are kept.
 *
 * @param url what it is now: it may change, with a password.
 * @param from the sender, as in a header: `OrderShop <shop@ordershop.example>`.
 */
export function smtpTransport(url: () => string, from: string): Transport {
  const [sender] = parseAddresses(from, { flatten: true })
  if (!sender?.address) throw new AppError('invalid', `MAIL_FROM=${from}: expected a mail address`)
  const server = smtpConnections(url)
  const turn = pLimit(connections)
  return {
    send: (mail, allowed) =>
      turn(async () => {
        // Whoever sends them next is not in a hurry; we, broken off in the middle of one, would have it sent twice.
        if (allowed.leaving.aborted)
          throw new AppError(
            'unavailable',
            'send a mail: the partition is being given up, expected to keep it',
          )
        const within = { timeoutMs: timeoutWithin(allowed), signal: allowed.signal }
        const envelope = { from: sender.address, to: [mail.to.address] }
        try {
          await server.send(envelope, messageOf(sender, mail), within)
          return { outcome: 'sent' }
        } catch (error) {
          return refusal(error as SmtpError, mail)
        }
      }),
    close: () => server.close(),
  }
}

/** Prints mails to the log, for where there is no mail server. */
export function consoleTransport(log: { info(fields: object, message: string): void }): Transport {
  return {
    async send(mail) {
      log.info({ mail }, `mail to ${mail.to.address}: ${mail.subject}`)
      return { outcome: 'sent' }
    },
    close() {},
  }
}

function timeoutWithin({ leaseLeftMs }: Allowance): number {
  const left = Math.floor(leaseLeftMs()) - reserveMs
  if (left >= leastMs) return left
  throw new AppError(
    'unavailable',
    `send a mail: ${left} ms of the lease are left, expected ${leastMs} ms or more`,
  )
}

type SmtpError = Error & { readonly code?: string; readonly command?: string; readonly responseCode?: number }

const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA', 'API']

/** A refusal of this mail for good is an outcome; everything else is thrown. */
function refusal(error: SmtpError, { to, messageId }: OutgoingMail): Outcome {
  const { code, command = 'CONN', responseCode = 0 } = error
  const attempt = `send mail ${messageId} to ${to.address}: ${error.message}`
  if (!aboutThisMail.includes(command) || responseCode === 421) throw unavailable(attempt, error)
  if (responseCode >= 500 || (responseCode === 0 && code === 'EENVELOPE')) {
    return { outcome: 'refused', reason: error.message }
  }
  if (responseCode >= 400) throw new Error(attempt, { cause: error })
  throw unavailable(attempt, error)
}

function unavailable(message: string, cause: Error): AppError {
  return new AppError('unavailable', message, { cause })
}
