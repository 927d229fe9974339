// A mail as it travels: a message of plain text (RFC 5322), its headers and its body in ASCII (RFC 2047, RFC 2045).
import { encodeWord, foldLines, isPlainText, quoteString } from 'nodemailer/lib/mime-funcs'
import { encode, wrap } from 'nodemailer/lib/qp'

export type OutgoingMail = {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  /** With angle brackets; the same for every attempt, so that a receiver can tell a repeat. */
  readonly messageId: string
}

type Mailbox = OutgoingMail['to']

/** Longest encoded word: a line of a header holds 76 characters, and the word's mark takes some of them. */
const longestWord = 52

const header = (name: string, value: string) => foldLines(`${name}: ${value}`, 76)

/** What a header can hold as it is: nothing that ends it, nothing that its reader would decode. */
const isPlain = (value: string) => isPlainText(value, true) && !value.includes('=?')
const encoded = (value: string) => encodeWord(value, 'Q', longestWord)
const asText = (value: string) => (isPlain(value) ? value : encoded(value))
const asPhrase = (name: string) => (isPlain(name) ? quoteString(name) : encoded(name))
const mailbox = ({ name, address }: Mailbox) => (name ? `${asPhrase(name)} <${address}>` : address)

/** The message of a mail, with CRLF at the end of each line. */
export function messageOf(from: Mailbox, { to, subject, text, messageId }: OutgoingMail): string {
  return [
    header('From', mailbox(from)),
    header('To', mailbox(to)),
    header('Subject', asText(subject)),
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    wrap(encode(text.replaceAll(/\r?\n/g, '\r\n'))),
    '',
  ].join('\r\n')
}
