import type { GiftCard, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'

export type GiftCardState = { giftCard: GiftCard | null }

export type GiftCardCommand = { type: 'CreateGiftCard'; giftCard: GiftCard }

type GiftCardEvent = TopicEvent<'gift-card'>

export const giftCard = {
  revision: 'gift-card/1',
  initialState: (): GiftCardState => ({ giftCard: null }),
  decide,
  evolve,
} satisfies Decider<GiftCardState, GiftCardCommand, GiftCardEvent> & { revision: string }

function decide(command: GiftCardCommand, state: GiftCardState): GiftCardEvent[] {
  switch (command.type) {
    case 'CreateGiftCard': {
      const { giftCard } = command
      if (!state.giftCard) return [{ type: 'gift_card_created', data: giftCard }]
      if (state.giftCard.name === giftCard.name) return []
      throw new AppError(
        'conflict',
        `create gift-card ${giftCard.gift_card_id}: the id is taken, expected a new one`,
      )
    }
  }
}

function evolve(_state: GiftCardState, event: GiftCardEvent): GiftCardState {
  return { giftCard: event.data }
}
