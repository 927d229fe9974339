import { z } from 'zod'

export const variables = {
  /** `smtp://` or `smtps://` with optional `user:password@`; without it mails are printed to the log. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'expected smtp://… or smtps://…')
    .optional(),
  /** The sender of every mail. */
  MAIL_FROM: z.string().default('OrderShop <shop@ordershop.example>'),
}
