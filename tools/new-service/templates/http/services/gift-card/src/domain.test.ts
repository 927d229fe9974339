import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { giftCard } from './domain.ts'

const first = { gift_card_id: 'one', name: 'Ada' }
const created: EventOf<'gift_card_created'> = { type: 'gift_card_created', data: first }
const create = { type: 'CreateGiftCard', giftCard: first } as const

describe('a gift-card', () => {
  test('is created', () => {
    given(giftCard).when(create).gives(created)
  })

  test('records nothing new when a command is repeated', () => {
    given(giftCard, created).when(create).gives()
  })

  test('keeps its id for good', () => {
    const another = { ...first, name: 'Bob' }
    given(giftCard, created).when({ type: 'CreateGiftCard', giftCard: another }).fails('conflict', /one/)
  })
})
