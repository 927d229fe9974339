import type { Customer, TopicEvent } from '@ordershop/contracts'
import { AppError, type Decider } from '@ordershop/core'

/** A deleted customer is kept, so that its id never comes back and a repeated delete is known. */
export type CustomerState = { customer: Customer | null; deleted: boolean }

export type CustomerCommand =
  | { type: 'CreateCustomer'; customer: Customer }
  | { type: 'UpdateCustomer'; customer: Customer }
  | { type: 'DeleteCustomer'; customerId: string }

type CustomerEvent = TopicEvent<'customer'>

export const customer = {
  revision: 'customer/1',
  initialState: (): CustomerState => ({ customer: null, deleted: false }),
  decide,
  evolve,
} satisfies Decider<CustomerState, CustomerCommand, CustomerEvent> & { revision: string }

function decide(command: CustomerCommand, state: CustomerState): CustomerEvent[] {
  switch (command.type) {
    case 'CreateCustomer': {
      const { customer } = command
      if (!state.customer) return [{ type: 'customer_created', data: customer }]
      if (!state.deleted && isSame(customer, state.customer)) return []
      throw new AppError(
        'conflict',
        `create customer ${customer.customer_id}: the id is taken, expected a new one`,
      )
    }
    case 'UpdateCustomer': {
      const { customer } = command
      if (isSame(customer, living(customer.customer_id, state))) return []
      return [{ type: 'customer_updated', data: customer }]
    }
    case 'DeleteCustomer': {
      if (state.deleted) return []
      return [{ type: 'customer_deleted', data: living(command.customerId, state) }]
    }
  }
}

function living(customerId: string, { customer, deleted }: CustomerState): Customer {
  if (customer && !deleted) return customer
  throw new AppError('not_found', `customer ${customerId}: expected one that exists`)
}

function isSame(a: Customer, b: Customer): boolean {
  return a.name === b.name && a.email === b.email
}

function evolve(_state: CustomerState, event: CustomerEvent): CustomerState {
  return { customer: event.data, deleted: event.type === 'customer_deleted' }
}
