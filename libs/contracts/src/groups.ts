import type { Topic } from './catalog.ts'

/** Which consumer group reads which topics. A group is named like its service; the monitor and ops watch them all. */
export const groups = {
  /** Reserves, releases and sells what orders ask for. */
  inventory: ['order', 'reservation', 'inventory'],
  /** Confirms, rejects and bills orders. */
  order: ['inventory', 'billing'],
  /** Settles billings as the orders decided. */
  billing: ['order'],
  /** Decides which event deserves which mail. */
  crm: ['customer', 'order', 'billing'],
  /** Sends mails. */
  mail: ['mail'],
} as const satisfies Record<string, readonly Topic[]>

/** Which projection folds which topics; version N of one reads as group `<name>.vN`. */
export const projections = {
  'read-model': ['customer', 'product', 'inventory', 'order', 'billing'],
} as const satisfies Record<string, readonly Topic[]>
