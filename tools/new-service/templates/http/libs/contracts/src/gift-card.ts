import { z } from 'zod'
import { id, personOrProductName } from './values.ts'

/** A whole gift card. */
export const giftCard = z.object({ gift_card_id: id, name: personOrProductName })
export type GiftCard = z.infer<typeof giftCard>

/** Topic `gift-card`, entity `gift_card_id`. */
export const giftCardEvents = {
  gift_card_created: giftCard,
  gift_card_updated: giftCard,
  gift_card_deleted: giftCard,
}
