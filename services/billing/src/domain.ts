// The bill of one order. Whether it may be billed is decided by the order itself; this follows.
import type { Billing, BillingRefused, TopicEvent } from '@ordershop/contracts'
import type { Decider } from '@ordershop/core'

export type BillingState = {
  /** Once it is created. */
  billing: Billing | null
  status: 'none' | 'requested' | 'created' | 'refused'
  version: number
  /** The version of the last `billing_requested`. */
  requestVersion: number
}

export type BillingCommand =
  | { type: 'RequestBilling'; billing: Billing }
  | { type: 'CreateBilling'; billing: Billing }
  | { type: 'RefuseBilling'; refusal: BillingRefused }

type BillingEvent = TopicEvent<'billing'>

export const billing = {
  revision: 'billing/2',
  initialState: (): BillingState => ({ billing: null, status: 'none', version: 0, requestVersion: 0 }),
  decide,
  evolve,
} satisfies Decider<BillingState, BillingCommand, BillingEvent> & { revision: string }

function decide(command: BillingCommand, { status, requestVersion }: BillingState): BillingEvent[] {
  switch (command.type) {
    case 'RequestBilling':
      // What was refused may be asked again: a pending order may have been confirmed meanwhile.
      if (status === 'requested' || status === 'created') return []
      return [{ type: 'billing_requested', data: command.billing }]
    case 'CreateBilling':
      return status === 'created' ? [] : [{ type: 'billing_created', data: command.billing }]
    case 'RefuseBilling': {
      // Only the answer to the last request counts; an older one may come again.
      if (status !== 'requested' || command.refusal.request_version !== requestVersion) return []
      return [{ type: 'billing_refused', data: command.refusal }]
    }
  }
}

function evolve(state: BillingState, event: BillingEvent): BillingState {
  const version = state.version + 1
  switch (event.type) {
    case 'billing_requested':
      return { ...state, status: 'requested', version, requestVersion: version }
    case 'billing_created':
      return { ...state, billing: event.data, status: 'created', version }
    case 'billing_refused':
      return { ...state, status: 'refused', version }
  }
}
