import { z } from 'zod'
import { id } from './values.ts'

/** Begun by a `customer_created`, whose id it has. */
export const giftCard = z.object({ gift_card_id: id, customer_id: id })
export type GiftCard = z.infer<typeof giftCard>

/** Topic `gift-card`, entity `gift_card_id`. */
export const giftCardEvents = { gift_card_created: giftCard }
