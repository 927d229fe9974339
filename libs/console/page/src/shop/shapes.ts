// Entities of the shop, as its document has them.
import type { components } from '@ordershop/client'

type Schemas = components['schemas']

export type Customer = Schemas['Customer']
export type Product = Schemas['Product']
export type Stock = Schemas['Inventory']
export type Order = Schemas['Order']
/** A write that is stored, and that readers cannot see yet. */
export type Accepted = Schemas['Accepted']
