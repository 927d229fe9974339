import type { GiftCard, TopicEvent } from '@ordershop/contracts'
import type { Decider } from '@ordershop/core'

export type GiftCardState = { created: boolean }

export type GiftCardCommand = { type: 'CreateGiftCard'; giftCard: GiftCard }

type GiftCardEvent = TopicEvent<'gift-card'>

export const giftCard = {
  revision: 'gift-card/1',
  initialState: (): GiftCardState => ({ created: false }),
  decide,
  evolve,
} satisfies Decider<GiftCardState, GiftCardCommand, GiftCardEvent> & { revision: string }

function decide(command: GiftCardCommand, { created }: GiftCardState): GiftCardEvent[] {
  switch (command.type) {
    case 'CreateGiftCard':
      return created ? [] : [{ type: 'gift_card_created', data: command.giftCard }]
  }
}

function evolve(_state: GiftCardState, event: GiftCardEvent): GiftCardState {
  switch (event.type) {
    case 'gift_card_created':
      return { created: true }
  }
}
