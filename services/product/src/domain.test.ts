import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { product } from './domain.ts'

const lamp = { product_id: 'p1', name: 'Lamp', price_cents: 1999, currency: 'EUR' } as const
const cheaper = { ...lamp, price_cents: 1799 }
const created: EventOf<'product_created'> = { type: 'product_created', data: lamp }
const updated: EventOf<'product_updated'> = { type: 'product_updated', data: cheaper }
const deleted: EventOf<'product_deleted'> = { type: 'product_deleted', data: lamp }
const create = { type: 'CreateProduct', product: lamp } as const
const update = { type: 'UpdateProduct', product: cheaper } as const
const remove = { type: 'DeleteProduct', productId: 'p1' } as const

describe('a product', () => {
  test('is created, updated and deleted', () => {
    given(product).when(create).gives(created)
    given(product, created).when(update).gives(updated)
    given(product, created).when(remove).gives(deleted)
  })

  test('leaves as it was last', () => {
    given(product, created, updated).when(remove).gives({ type: 'product_deleted', data: cheaper })
  })

  test('records nothing new when a command is repeated', () => {
    given(product, created).when(create).gives()
    given(product, created, updated).when(update).gives()
    given(product, created, deleted).when(remove).gives()
  })

  test('cannot be updated or deleted before it exists or once it is gone', () => {
    given(product).when(update).fails('not_found', /p1/)
    given(product).when(remove).fails('not_found')
    given(product, created, deleted).when(update).fails('not_found')
  })

  test('keeps its id for good', () => {
    given(product, created).when({ type: 'CreateProduct', product: cheaper }).fails('conflict')
    given(product, created, deleted).when(create).fails('conflict')
  })
})
