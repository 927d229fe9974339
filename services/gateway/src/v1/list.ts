// Lists of /v1: page by page, and by what is asked for.
import { type EntityKind, orderStatus } from '@ordershop/contracts'
import { parseBody } from '@ordershop/service'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { RouteDeps } from '../deps.ts'
import { cursor } from './headers.ts'
import { resources } from './resources.ts'

const time = z.iso.datetime({ offset: true })

/** What lists may be asked for, by kind; several at once must all fit. */
export const filters: Readonly<Record<EntityKind, z.ZodRawShape>> = {
  customer: {},
  product: {},
  billing: {},
  inventory: { product_id: z.uuid().optional().describe('Of this product') },
  order: {
    status: orderStatus.optional().describe('Of this status'),
    customer_id: z.uuid().optional().describe('Of this customer'),
    product_id: z.uuid().optional().describe('With this product'),
    created_from: time.optional().describe('Created then or later, by the clock of the gateway'),
    created_to: time.optional().describe('Created before'),
  },
}

const msOf = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso))

/** What may be asked of a list. A cursor is a member of the read model's index, and no more is promised of it. */
const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9]\d{0,2}|1000)$/, 'expected a whole number from 1 to 1000')
    .default('100')
    .transform(Number),
  after: z.string().regex(cursor, 'expected the cursor of a next link').optional(),
}

export function page({ views }: RouteDeps, entity: EntityKind) {
  const { path, show } = resources[entity]
  const schema = z.strictObject({ ...pageQuery, ...filters[entity] })
  return async (request: Request, response: Response): Promise<void> => {
    const { limit, after, ...asked } = parseBody(schema, { ...request.query }, 'query')
    const named = asked as Readonly<Record<string, string>>
    const { created_from: from, created_to: to, ...filter } = named
    const times = { createdFrom: msOf(from), createdTo: msOf(to) }
    const { entities, next } = await views.page(entity, { limit, after, filter: { ...filter, ...times } })
    const items = entities.map(show)
    if (next === undefined) {
      response.json({ items, next: null })
      return
    }
    const link = `${path}?${new URLSearchParams({ limit: `${limit}`, ...named, after: next })}`
    response.set('link', `<${link}>; rel="next"`).json({ items, next: link })
  }
}
