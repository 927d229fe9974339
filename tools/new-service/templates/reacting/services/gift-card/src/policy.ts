// Which event leads to which command.
import type { EventOf } from '@ordershop/contracts'
import type { GiftCardCommand } from './domain.ts'

export function commandFor({ data }: Pick<EventOf<'customer_created'>, 'data'>): GiftCardCommand {
  const { customer_id } = data
  return { type: 'CreateGiftCard', giftCard: { gift_card_id: customer_id, customer_id } }
}
