import type { GiftCard, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'

/** A deleted gift card is kept, so that its id never comes back and a repeated delete is known. */
export type GiftCardState = { giftCard: GiftCard | null; deleted: boolean }

export type GiftCardCommand =
  | { type: 'CreateGiftCard'; giftCard: GiftCard }
  | { type: 'UpdateGiftCard'; giftCard: GiftCard }
  | { type: 'DeleteGiftCard'; giftCardId: string }

type GiftCardEvent = TopicEvent<'gift-card'>

export const giftCard = {
  revision: 'gift-card/1',
  initialState: (): GiftCardState => ({ giftCard: null, deleted: false }),
  decide,
  evolve,
} satisfies Decider<GiftCardState, GiftCardCommand, GiftCardEvent> & { revision: string }

function decide(command: GiftCardCommand, state: GiftCardState): GiftCardEvent[] {
  switch (command.type) {
    case 'CreateGiftCard': {
      const { giftCard } = command
      if (!state.giftCard) return [{ type: 'gift_card_created', data: giftCard }]
      if (!state.deleted && isSame(giftCard, state.giftCard)) return []
      throw new AppError(
        'conflict',
        `create gift card ${giftCard.gift_card_id}: the id is taken, expected a new one`,
      )
    }
    case 'UpdateGiftCard': {
      const { giftCard } = command
      if (isSame(giftCard, living(giftCard.gift_card_id, state))) return []
      return [{ type: 'gift_card_updated', data: giftCard }]
    }
    case 'DeleteGiftCard': {
      if (state.deleted) return []
      return [{ type: 'gift_card_deleted', data: living(command.giftCardId, state) }]
    }
  }
}

function living(giftCardId: string, { giftCard, deleted }: GiftCardState): GiftCard {
  if (giftCard && !deleted) return giftCard
  throw new AppError('not_found', `gift card ${giftCardId}: expected one that exists`)
}

function isSame(a: GiftCard, b: GiftCard): boolean {
  return a.name === b.name
}

function evolve(_state: GiftCardState, event: GiftCardEvent): GiftCardState {
  return { giftCard: event.data, deleted: event.type === 'gift_card_deleted' }
}
