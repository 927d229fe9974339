import { http, type ShopEvent } from '@ordershop/contracts'
import type { CommandCause, EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, posted, requestCause } from '@ordershop/service'
import { carryOut } from '@ordershop/shop'
import { Router } from 'express'
import { type GiftCardCommand, giftCard } from './domain.ts'

export function routes({ store }: { store: EventStore<ShopEvent> }): Router {
  const decide = (entityId: string, command: GiftCardCommand, cause: CommandCause) =>
    carryOut(store, giftCard, { topic: 'gift-card', entityId }, command, cause)

  const router = Router()
  router
    .route('/gift-cards')
    .post(
      posted(http.createGiftCards, async ({ items }, cause) => {
        const create = (giftCard: (typeof items)[number]) => {
          const commandId = `create:${giftCard.gift_card_id}`
          return decide(
            giftCard.gift_card_id,
            { type: 'CreateGiftCard', giftCard },
            { ...cause, commandId, probablyNew: true },
          )
        }
        const positions = await Promise.all(items.map(create))
        return { ids: items.map((item) => item.gift_card_id), positions } satisfies http.Created
      }),
    )
    .all(methodNotAllowed)
  router
    .route('/gift-cards/:id')
    .put(async (request, response) => {
      const giftCard = { gift_card_id: request.params.id, ...parseBody(http.updateGiftCard, request.body) }
      const command = { type: 'UpdateGiftCard', giftCard } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .delete(async (request, response) => {
      const command = { type: 'DeleteGiftCard', giftCardId: request.params.id } as const
      const position = await decide(request.params.id, command, requestCause(request))
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .all(methodNotAllowed)
  return router
}
