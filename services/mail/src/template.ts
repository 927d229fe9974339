// What a mail says.
import type { MailRequested, MailTemplate } from '@ordershop/contracts'

export type Letter = { readonly subject: string; readonly text: string }

type Params = MailRequested['params']

const letters: Record<MailTemplate, (params: Params) => { subject: string; lines: readonly string[] }> = {
  welcome: () => ({
    subject: 'Welcome to OrderShop',
    lines: ['your account is ready. We look forward to your first order.'],
  }),
  goodbye: () => ({
    subject: 'Goodbye from OrderShop',
    lines: ['your account is closed. Orders you have placed are still delivered.'],
  }),
  thanks: ({ order_id, pieces, ...money }) => ({
    subject: `Thank you for order ${order_id}`,
    lines: [
      `we have received your order ${order_id}: ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}, ${amount(money)} in total.`,
      'We tell you as soon as everything is set aside for you.',
    ],
  }),
  payment_request: ({ order_id, ...money }) => ({
    subject: `Please pay for order ${order_id}`,
    lines: [`everything in your order ${order_id} is set aside for you. Please pay ${amount(money)}.`],
  }),
  receipt: ({ billing_id, order_id, ...money }) => ({
    subject: `Receipt for order ${order_id}`,
    lines: [`this is the receipt ${billing_id} for your order ${order_id}: ${amount(money)}.`],
  }),
  sorry: ({ order_id, reason }) => ({
    subject: `We are sorry about order ${order_id}`,
    lines: [
      `we could not accept your order ${order_id}: ${reason === 'out_of_stock' ? 'something in it is sold out' : reason}.`,
      'You owe us nothing.',
    ],
  }),
}

/** The letter of a template, filled and addressed by name. */
export function letterOf(
  { template, params }: Pick<MailRequested, 'template' | 'params'>,
  name: string,
): Letter {
  const { subject, lines } = letters[template](params)
  return { subject, text: [`Dear ${name},`, ...lines, 'Yours, OrderShop'].join('\n\n') }
}

function amount({ total_cents, currency }: Params): string {
  return `${(Number(total_cents) / 100).toFixed(2)} ${currency}`
}
