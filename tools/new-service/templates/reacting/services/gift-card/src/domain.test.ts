import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { giftCard } from './domain.ts'

const first = { gift_card_id: 'one', customer_id: 'one' }
const created: EventOf<'gift_card_created'> = { type: 'gift_card_created', data: first }
const create = { type: 'CreateGiftCard', giftCard: first } as const

describe('gift cards', () => {
  test('are created', () => {
    given(giftCard).when(create).gives(created)
  })

  test('record nothing new when a command is repeated', () => {
    given(giftCard, created).when(create).gives()
  })
})
