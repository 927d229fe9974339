import { z } from 'zod'
import { id, reason } from './values.ts'

/** Which mail: after a customer came or left, an order came, was confirmed, billed or rejected. */
export const mailTemplate = z.enum(['welcome', 'goodbye', 'thanks', 'payment_request', 'receipt', 'sorry'])
export type MailTemplate = z.infer<typeof mailTemplate>

/** A mail to be sent; `params` fill the template. `mail_id` follows from template and causing event. */
export const mailRequested = z.object({
  mail_id: id,
  customer_id: id,
  template: mailTemplate,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type MailRequested = z.infer<typeof mailRequested>

/** The mail server took it; `message_id` is the Message-ID it was sent with. */
export const mailSent = z.object({
  mail_id: id,
  customer_id: id,
  template: mailTemplate,
  message_id: z.string().min(1),
})
export type MailSent = z.infer<typeof mailSent>

/** The mail server refused it for good. */
export const mailFailed = z.object({ mail_id: id, customer_id: id, template: mailTemplate, reason })
export type MailFailed = z.infer<typeof mailFailed>

/** Topic `mail`, entity `mail_id`: what is to be sent. */
export const mailEvents = { mail_requested: mailRequested }

/** Topic `delivery`, entity `mail_id`: what came of it. A topic of its own, so that the lag of `mail` is what is left to send. */
export const deliveryEvents = { mail_sent: mailSent, mail_failed: mailFailed }
