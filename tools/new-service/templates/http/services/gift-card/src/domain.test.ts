import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { giftCard } from './domain.ts'

const first = { gift_card_id: 'one', name: 'Ada' }
const renamed = { ...first, name: 'Grace' }
const created: EventOf<'gift_card_created'> = { type: 'gift_card_created', data: first }
const updated: EventOf<'gift_card_updated'> = { type: 'gift_card_updated', data: renamed }
const deleted: EventOf<'gift_card_deleted'> = { type: 'gift_card_deleted', data: first }
const create = { type: 'CreateGiftCard', giftCard: first } as const
const update = { type: 'UpdateGiftCard', giftCard: renamed } as const
const remove = { type: 'DeleteGiftCard', giftCardId: 'one' } as const

describe('gift cards', () => {
  test('are created, updated and deleted', () => {
    given(giftCard).when(create).gives(created)
    given(giftCard, created).when(update).gives(updated)
    given(giftCard, created).when(remove).gives(deleted)
  })

  test('leave as they were last', () => {
    given(giftCard, created, updated).when(remove).gives({ type: 'gift_card_deleted', data: renamed })
  })

  test('record nothing new when a command is repeated', () => {
    given(giftCard, created).when(create).gives()
    given(giftCard, created, updated).when(update).gives()
    given(giftCard, created, deleted).when(remove).gives()
  })

  test('cannot be updated or deleted before they exist or once they are gone', () => {
    given(giftCard).when(update).fails('not_found', /one/)
    given(giftCard).when(remove).fails('not_found')
    given(giftCard, created, deleted).when(update).fails('not_found')
  })

  test('keep their ids for good', () => {
    given(giftCard, created).when({ type: 'CreateGiftCard', giftCard: renamed }).fails('conflict')
    given(giftCard, created, deleted).when(create).fails('conflict')
  })
})
