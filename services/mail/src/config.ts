import { fileOf } from '@ordershop/service'
import { z } from 'zod'

const expected = 'expected smtp://… or smtps://…'
const form = /^smtps?:\/\/\S+$/

/** The URL in a file. @throws an error that does not tell it, for there may be a password in it. */
export function smtpUrlIn(text: string): string {
  const url = text.trim()
  if (form.test(url)) return url
  throw new Error(`it has ${url.length} characters, ${expected}`)
}

export const variables = {
  /** `smtp://` or `smtps://` with optional `user:password@`; without it mails are printed to the log. */
  SMTP_URL: z.string().regex(form, expected).optional(),
  /** File with the URL instead, for one with a password: a changed one needs no restart. */
  SMTP_URL_FILE: fileOf('a file with smtp://… or smtps://…', smtpUrlIn).optional(),
  /** The sender of every mail. */
  MAIL_FROM: z.string().default('OrderShop <shop@ordershop.example>'),
}

/** What single variables cannot say. */
export function checkServer(
  {
    SMTP_URL,
    SMTP_URL_FILE,
  }: { readonly SMTP_URL?: string | undefined; readonly SMTP_URL_FILE?: string | undefined },
  context: z.RefinementCtx<unknown>,
): void {
  if (SMTP_URL === undefined || SMTP_URL_FILE === undefined) return
  const message = 'expected only one of SMTP_URL and SMTP_URL_FILE'
  context.addIssue({ code: 'custom', path: ['SMTP_URL_FILE'], message, input: SMTP_URL_FILE })
}
