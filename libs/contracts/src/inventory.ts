// Topic `inventory`, key `product_id`: everything that is decided about the stock of one product, in one order. The product's
// records are the entity `product_id`; what an order holds of it is the entity `product_id:order_id`.
import { z } from 'zod'
import { amount, id, productQuantity, quantity, version } from './values.ts'

/** One record of stock: `amount` is what can still be ordered of it. A record keeps its product. */
export const inventory = z.object({ inventory_id: id, product_id: id, amount })
export type Inventory = z.infer<typeof inventory>

/** What every decision about an order's pieces names. `order_version` is the version of the order's event that asked. */
const decision = z.object({ product_id: id, order_id: id, order_version: version })

/** The name of what an order holds of a product. */
export const holdId = (productId: string, orderId: string) => `${productId}:${orderId}`

/**
 * Decisions about orders, stored with this event, took pieces from records or put them back: `records` are those whose
 * amount they changed, with their new amount, and `amount` is what can be ordered of the product now.
 */
export const inventoryMoved = z.object({
  product_id: id,
  amount,
  records: z.array(z.object({ inventory_id: id, amount })),
})
export type InventoryMoved = z.infer<typeof inventoryMoved>

/** The order holds `quantity` pieces now; `rest` is what it needs next. */
export const inventoryReserved = decision.extend({ quantity, rest: z.array(productQuantity) })
export type InventoryReserved = z.infer<typeof inventoryReserved>

/** The order asked for `quantity` pieces, more than the `available` ones and its own; it holds what it held before. */
export const inventoryRefused = decision.extend({ quantity, available: amount })
export type InventoryRefused = z.infer<typeof inventoryRefused>

/** The order still holds `quantity` pieces (0: none). */
export const inventoryReleased = decision.extend({ quantity })
export type InventoryReleased = z.infer<typeof inventoryReleased>

/** `quantity` pieces left the shop for good; whatever more the order held can be ordered again. */
export const inventorySold = decision.extend({ quantity })
export type InventorySold = z.infer<typeof inventorySold>

/** Every event of the topic `inventory`, by type. */
export const inventoryEvents = {
  inventory_created: inventory,
  inventory_updated: inventory,
  inventory_deleted: inventory,
  inventory_moved: inventoryMoved,
  inventory_reserved: inventoryReserved,
  inventory_refused: inventoryRefused,
  inventory_released: inventoryReleased,
  inventory_sold: inventorySold,
}
