export { type ApiKey, apiKeyLine, apiKeyPrefix, hashOfKey, newApiKey, parseApiKeys } from './api-keys.ts'
export { type Billing, type BillingRefused, billing, billingEvents, billingRefused } from './billing.ts'
export { catalog, type EventOf, type ShopEvent, type Topic, type TopicEvent } from './catalog.ts'
export { type Customer, customer, customerEvents } from './customer.ts'
export { exampleOf } from './examples.ts'
export * as http from './http.ts'
export {
  holdId,
  type Inventory,
  type InventoryMoved,
  type InventoryRefused,
  type InventoryReleased,
  type InventoryReserved,
  type InventorySold,
  inventory,
  inventoryEvents,
  inventoryMoved,
  inventoryRefused,
  inventoryReleased,
  inventoryReserved,
  inventorySold,
} from './inventory.ts'
export {
  deliveryEvents,
  type MailFailed,
  type MailRequested,
  type MailSent,
  type MailTemplate,
  mailEvents,
  mailFailed,
  mailRequested,
  mailSent,
  mailTemplate,
} from './mail.ts'
export {
  type Order,
  type OrderBilled,
  type OrderBillingRefused,
  type OrderConfirmed,
  type OrderCreated,
  type OrderDeleted,
  type OrderLine,
  type OrderRejected,
  type OrderStatus,
  type OrderUpdated,
  type OrderUpdateRejected,
  order,
  orderEvents,
  orderLine,
  orderStatus,
} from './order.ts'
export { centsOf, priceOf } from './price.ts'
export { type Product, product, productEvents } from './product.ts'
export { type ReservationRequested, reservationEvents, reservationRequested } from './reservation.ts'
export { type Role, rolesOf } from './roles.ts'
export {
  type AnyEntityRow,
  type EntityFields,
  type EntityKind,
  type EntityRow,
  entityKinds,
  listedBy,
  rows,
  rowsRevision,
} from './rows.ts'
export {
  type CommandService,
  commandServices,
  groups,
  projections,
  type Service,
  type ServiceName,
  serviceNames,
  serviceOf,
  services,
  unread,
} from './services.ts'
export { maxDistinctProducts, maxItems, maxProductIds, type ProductQuantity } from './values.ts'
