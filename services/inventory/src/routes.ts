import { http, type Inventory, type ShopEvent } from '@ordershop/contracts'
import { refusedFields } from '@ordershop/core'
import type { CommandCause, EventStore } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, posted, requestCause } from '@ordershop/service'
import { asItWas, carryOut } from '@ordershop/shop'
import { Router } from 'express'
import { type InventoryCommand, inventory } from './domain.ts'
import { findRecord } from './stock.ts'

// One append holds 512 events; a request may hold more items.
const recordsAtOnce = 500

export function routes({ store }: { store: EventStore<ShopEvent> }): Router {
  const decide = (entityId: string, command: InventoryCommand, cause: CommandCause) =>
    carryOut(store, inventory, { topic: 'inventory', entityId }, command, cause)

  const router = Router()
  router
    .route('/inventory')
    .post(
      posted(http.createInventory, async ({ items }, cause) => {
        await refuseUnknownProducts(store, items)
        // Records of one product lie in one entity: written one by one they would only get into each other's way.
        const create = (productId: string, records: Inventory[]) => {
          const commandId = `create:${records[0]?.inventory_id}`
          return decide(productId, { type: 'CreateRecords', records }, { ...cause, commandId })
        }
        const writes = chunksOf(items, recordsAtOnce).flatMap((chunk) => [
          ...Map.groupBy(chunk, (item) => item.product_id),
        ])
        const positions = await Promise.all(writes.map(([productId, records]) => create(productId, records)))
        return { ids: items.map((item) => item.inventory_id), positions } satisfies http.Created
      }),
    )
    .all(methodNotAllowed)
  router
    .route('/inventory/:id')
    .get(
      asItWas({
        ...{ store, topic: 'inventory', decider: inventory },
        // A record's events lie with its product.
        entityIdOf: ({ query }) => parseBody(http.ofProduct, query, 'query').product_id,
        show({ records }, { id, entityId }) {
          const record = findRecord(records, id)
          if (!record || record.deleted) return null
          const { inventory_id, amount, version, entryId } = record
          return { entity: { inventory_id, product_id: entityId, amount }, version, entryId }
        },
      }),
    )
    .put(async (request, response) => {
      const record = { inventory_id: request.params.id, ...parseBody(http.updateInventory, request.body) }
      // The version is the record's: the product's own changes with every order.
      const { expectedVersion, ...cause } = requestCause(request)
      const command = { type: 'SetAmount', record, expectedVersion } as const
      const position = await decide(record.product_id, command, cause)
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .delete(async (request, response) => {
      const { product_id: productId } = parseBody(http.ofProduct, request.query)
      const { expectedVersion, ...cause } = requestCause(request)
      const inventoryId = request.params.id
      const command = { type: 'DeleteRecord', inventoryId, productId, expectedVersion } as const
      const position = await decide(productId, command, cause)
      response.json({ positions: [position] } satisfies http.Changed)
    })
    .all(methodNotAllowed)
  return router
}

/** The log itself is asked, so that an acknowledged create or delete of a product is always seen. */
async function refuseUnknownProducts(store: EventStore<ShopEvent>, items: readonly Inventory[]) {
  const ids = [...new Set(items.map((item) => item.product_id))]
  const last = await store.lastEvents(ids.map((entityId) => ({ topic: 'product', entityId })))
  const unknown = new Set(ids.filter((_, at) => !last[at] || last[at].type === 'product_deleted'))
  const fields = items.flatMap(({ product_id }, index) =>
    unknown.has(product_id)
      ? [{ path: `items.${index}.product_id`, message: `expected a product that exists, got ${product_id}` }]
      : [],
  )
  if (fields.length > 0) throw refusedFields('inventory', fields)
}

function chunksOf<T>(items: readonly T[], size: number): readonly T[][] {
  const chunks = Math.ceil(items.length / size)
  return Array.from({ length: chunks }, (_, chunk) => items.slice(chunk * size, (chunk + 1) * size))
}
