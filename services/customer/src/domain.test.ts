import type { EventOf } from '@ordershop/contracts'
import { given } from '@ordershop/core/testing'
import { describe, test } from 'vitest'
import { customer } from './domain.ts'

const ada = { customer_id: 'c1', name: 'Ada', email: 'ada@example.com' }
const countess = { ...ada, name: 'Countess' }
const created: EventOf<'customer_created'> = { type: 'customer_created', data: ada }
const updated: EventOf<'customer_updated'> = { type: 'customer_updated', data: countess }
const deleted: EventOf<'customer_deleted'> = { type: 'customer_deleted', data: ada }
const create = { type: 'CreateCustomer', customer: ada } as const
const update = { type: 'UpdateCustomer', customer: countess } as const
const remove = { type: 'DeleteCustomer', customerId: 'c1' } as const

describe('a customer', () => {
  test('is created, updated and deleted', () => {
    given(customer).when(create).gives(created)
    given(customer, created).when(update).gives(updated)
    given(customer, created).when(remove).gives(deleted)
  })

  test('leaves with the last address known', () => {
    given(customer, created, updated).when(remove).gives({ type: 'customer_deleted', data: countess })
  })

  test('records nothing new when a command is repeated', () => {
    given(customer, created).when(create).gives()
    given(customer, created, updated).when(update).gives()
    given(customer, created, deleted).when(remove).gives()
  })

  test('cannot be updated or deleted before it exists or once it is gone', () => {
    given(customer).when(update).fails('not_found', /c1/)
    given(customer).when(remove).fails('not_found')
    given(customer, created, deleted).when(update).fails('not_found')
  })

  test('keeps its id for good', () => {
    given(customer, created).when({ type: 'CreateCustomer', customer: countess }).fails('conflict')
    given(customer, created, deleted).when(create).fails('conflict')
  })
})
