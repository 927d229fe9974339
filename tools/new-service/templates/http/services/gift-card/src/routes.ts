import { giftCard as fields, type ShopEvent } from '@ordershop/contracts'
import type { EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, requestCause } from '@ordershop/service'
import { carryOut } from '@ordershop/shop'
import { Router } from 'express'
import { giftCard } from './domain.ts'

export function routes({ store }: { store: EventStore<ShopEvent> }): Router {
  const router = Router()
  router
    .route('/gift-cards')
    .post(async (request, response) => {
      const created = parseBody(fields, request.body)
      const target = { topic: 'gift-card', entityId: created.gift_card_id }
      const command = { type: 'CreateGiftCard', giftCard: created } as const
      const position = await carryOut(store, giftCard, target, command, requestCause(request))
      response.json({ ids: [created.gift_card_id], positions: [position] })
    })
    .all(methodNotAllowed)
  return router
}
