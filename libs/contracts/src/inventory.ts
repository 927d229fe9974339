// Topic `inventory`, entity `product_id`: everything that is decided about the stock of one product, in one order.
import { z } from 'zod'
import { amount, id, productQuantity, quantity, version } from './values.ts'

/** One record of stock: `amount` is what can still be ordered of it. A record keeps its product. */
export const inventory = z.object({ inventory_id: id, product_id: id, amount })
export type Inventory = z.infer<typeof inventory>

/** What every decision about an order's pieces names. `order_version` is the version of the order's event that asked. */
const decision = z.object({ product_id: id, order_id: id, order_version: version })

/** The records whose amount a decision changed, with their new amount; `[]` when none did. */
const records = z.array(z.object({ inventory_id: id, amount }))

/** The order holds `quantity` pieces now; `rest` is what it needs next, `amount` what others can still order. */
export const inventoryReserved = decision.extend({
  quantity,
  rest: z.array(productQuantity),
  amount,
  records,
})
export type InventoryReserved = z.infer<typeof inventoryReserved>

/** The order asked for `quantity` pieces, more than the `available` ones and its own; it holds what it held before. */
export const inventoryRefused = decision.extend({ quantity, available: amount, records })
export type InventoryRefused = z.infer<typeof inventoryRefused>

/** The order still holds `quantity` pieces (0: none); `amount` is what can be ordered now. */
export const inventoryReleased = decision.extend({ quantity, amount, records })
export type InventoryReleased = z.infer<typeof inventoryReleased>

/** `quantity` pieces left the shop for good; whatever more the order held can be ordered again. */
export const inventorySold = decision.extend({ quantity, amount, records })
export type InventorySold = z.infer<typeof inventorySold>

/** Every event of the topic `inventory`, by type. */
export const inventoryEvents = {
  inventory_created: inventory,
  inventory_updated: inventory,
  inventory_deleted: inventory,
  inventory_reserved: inventoryReserved,
  inventory_refused: inventoryRefused,
  inventory_released: inventoryReleased,
  inventory_sold: inventorySold,
}
