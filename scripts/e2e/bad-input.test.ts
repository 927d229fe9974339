import { randomUUID } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { clientOf, each, type Method, send } from './client.ts'
import { eventCount, settled } from './log.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const { store } = shop
const client = clientOf([shop.gatewayUrl()])
const unknownId = randomUUID()
const ada = { name: 'Ada', email: 'ada@bad-input.example' }

/** What the requests of the table refer to. */
const ids = {
  customer: '',
  goneCustomer: '',
  product: '',
  goneProduct: '',
  inventory: '',
  billed: '',
  rejected: '',
  gone: '',
}

beforeAll(async () => {
  const customers = await client.post('/customers', [ada, ada])
  const products = await client.post(
    '/products',
    each(2, (n) => ({ name: `Lamp ${n}`, price: 2 })),
  )
  Object.assign(ids, {
    customer: customers[0],
    goneCustomer: customers[1],
    product: products[0],
    goneProduct: products[1],
  })
  ids.inventory = await client.create('/inventory', { product_id: ids.product, amount: 3 })
  const order = (pieces: number) =>
    client.create('/orders', { customer_id: ids.customer, product_ids: each(pieces, () => ids.product) })
  ids.billed = await order(1)
  ids.rejected = await order(9)
  ids.gone = await order(1)
  await client.delete(`/order/${ids.gone}`)
  await client.delete(`/customer/${ids.goneCustomer}`)
  await client.delete(`/product/${ids.goneProduct}`)
  await settled(store)
  await client.post('/billing', { order_id: ids.billed })
  await settled(store)
})

type Row = [
  what: string,
  method: Method,
  path: () => string,
  body: () => unknown,
  status: number,
  field: string | null,
  told: () => string,
]
const at = (path: string) => () => path
const nothing = () => undefined
const order = (customer_id: string, product_ids: unknown) => ({ customer_id, product_ids })

const table: readonly Row[] = [
  [
    'a name that is a number',
    'POST',
    at('/customers'),
    () => ({ ...ada, name: 7 }),
    400,
    'name',
    at('got 7'),
  ],
  ['no e-mail address', 'POST', at('/customers'), () => ({ name: 'Ada' }), 400, 'email', at('got nothing')],
  [
    'an e-mail address without @',
    'POST',
    at('/customer'),
    () => ({ ...ada, email: 'ada' }),
    400,
    'email',
    at('got "ada"'),
  ],
  [
    'a wrong second item after a good first',
    'POST',
    at('/customers'),
    () => [ada, { ...ada, email: 5 }],
    400,
    '1.email',
    at('got 5'),
  ],
  ['an item that is no object', 'POST', at('/customers'), () => [ada, 7], 400, '1', at('got 7')],
  ['no body', 'POST', at('/customers'), nothing, 400, '', at('got nothing')],
  ['malformed JSON', 'POST', at('/customers'), at('{"name": "Ada", '), 400, null, at('expected JSON')],
  ['an empty array', 'POST', at('/customers'), () => [], 400, '', at('got []')],
  ['1,001 items', 'POST', at('/customers'), () => each(1_001, () => ada), 400, '', at('1000')],
  [
    'a body of more than 1 MiB',
    'POST',
    at('/customers'),
    () => ({ ...ada, name: 'x'.repeat(1_048_577) }),
    413,
    null,
    at('1048576'),
  ],
  [
    'a price that is text',
    'POST',
    at('/products'),
    () => ({ name: 'Lamp', price: '19.99' }),
    400,
    'price',
    at('got "19.99"'),
  ],
  [
    'a price of three decimals',
    'POST',
    at('/products'),
    () => ({ name: 'Lamp', price: 19.999 }),
    400,
    'price',
    at('got 19.999'),
  ],
  [
    'a price below zero',
    'PUT',
    () => `/product/${ids.product}`,
    () => ({ name: 'Lamp', price: -1 }),
    400,
    'price',
    at('got -1'),
  ],
  [
    'half a piece',
    'POST',
    at('/inventory'),
    () => ({ product_id: ids.product, amount: 1.5 }),
    400,
    'amount',
    at('got 1.5'),
  ],
  [
    'stock of an unknown product',
    'POST',
    at('/inventory'),
    () => ({ product_id: unknownId, amount: 1 }),
    400,
    'product_id',
    at(unknownId),
  ],
  [
    'stock of a deleted product, after good stock',
    'POST',
    at('/inventory'),
    () => [
      { product_id: ids.product, amount: 1 },
      { product_id: ids.goneProduct, amount: 1 },
    ],
    400,
    '1.product_id',
    () => ids.goneProduct,
  ],
  [
    'stock moved to another product',
    'PUT',
    () => `/inventory/${ids.inventory}`,
    () => ({ product_id: unknownId, amount: 1 }),
    400,
    'product_id',
    at(unknownId),
  ],
  [
    'an order without products',
    'POST',
    at('/orders'),
    () => order(ids.customer, []),
    400,
    'product_ids',
    at('got []'),
  ],
  [
    'an order of products that are no list',
    'POST',
    at('/orders'),
    () => order(ids.customer, ids.product),
    400,
    'product_ids',
    () => ids.product,
  ],
  [
    'an order of an id that is no UUID',
    'POST',
    at('/orders'),
    () => order(ids.customer, [ids.product, '7']),
    400,
    'product_ids.1',
    at('got "7"'),
  ],
  [
    'an order of 1,001 pieces',
    'POST',
    at('/orders'),
    () =>
      order(
        ids.customer,
        each(1_001, () => ids.product),
      ),
    400,
    'product_ids',
    at('1000'),
  ],
  [
    'an order of 101 products',
    'POST',
    at('/orders'),
    () =>
      order(
        ids.customer,
        each(101, () => randomUUID()),
      ),
    400,
    'product_ids',
    at('100 different'),
  ],
  [
    'an order by an unknown customer',
    'POST',
    at('/orders'),
    () => order(unknownId, [ids.product]),
    400,
    'customer_id',
    at(unknownId),
  ],
  [
    'an order by a deleted customer',
    'POST',
    at('/orders'),
    () => order(ids.goneCustomer, [ids.product]),
    400,
    'customer_id',
    () => ids.goneCustomer,
  ],
  [
    'an order of an unknown product, after a good order',
    'POST',
    at('/orders'),
    () => [order(ids.customer, [ids.product]), order(ids.customer, [unknownId])],
    400,
    '1.product_ids.0',
    at(unknownId),
  ],
  [
    'an order of a deleted product',
    'POST',
    at('/orders'),
    () => order(ids.customer, [ids.goneProduct]),
    400,
    'product_ids.0',
    () => ids.goneProduct,
  ],
  ['a bill for no order', 'POST', at('/billing'), () => ({}), 400, 'order_id', at('got nothing')],
  [
    'a bill for an unknown order',
    'POST',
    at('/billing'),
    () => ({ order_id: unknownId }),
    400,
    'order_id',
    at(unknownId),
  ],
  [
    'a bill for a deleted order',
    'POST',
    at('/billing'),
    () => ({ order_id: ids.gone }),
    400,
    'order_id',
    () => ids.gone,
  ],
  [
    'a bill for a rejected order',
    'POST',
    at('/billing'),
    () => ({ order_id: ids.rejected }),
    409,
    'order_id',
    () => ids.rejected,
  ],
  [
    'a billed order changed',
    'PUT',
    () => `/order/${ids.billed}`,
    () => order(ids.customer, [ids.product, ids.product]),
    409,
    null,
    () => ids.billed,
  ],
  ['a billed order deleted', 'DELETE', () => `/order/${ids.billed}`, nothing, 409, null, () => ids.billed],
  [
    'a rejected order changed',
    'PUT',
    () => `/order/${ids.rejected}`,
    () => order(ids.customer, [ids.product]),
    409,
    null,
    () => ids.rejected,
  ],
  ...(['customer', 'product', 'inventory', 'order'] as const).flatMap((kind): Row[] => {
    const bodies = {
      customer: ada,
      product: { name: 'Lamp', price: 1 },
      inventory: { product_id: unknownId, amount: 1 },
      order: null,
    }
    const body = () => bodies[kind] ?? order(ids.customer, [ids.product])
    return [
      [`an unknown ${kind} changed`, 'PUT', at(`/${kind}/${unknownId}`), body, 404, null, at(unknownId)],
      [
        `an unknown ${kind} deleted`,
        'DELETE',
        at(`/${kind}/${unknownId}`),
        nothing,
        404,
        null,
        at(unknownId),
      ],
      [
        `a ${kind} whose id is no UUID deleted`,
        'DELETE',
        at(`/${kind}/seven`),
        nothing,
        404,
        null,
        at('seven'),
      ],
    ]
  }),
  [
    'a deleted customer changed',
    'PUT',
    () => `/customer/${ids.goneCustomer}`,
    () => ada,
    404,
    null,
    () => ids.goneCustomer,
  ],
  [
    'PATCH of a customer',
    'PATCH',
    () => `/customer/${ids.customer}`,
    () => ada,
    405,
    null,
    at('expected GET or PUT or DELETE'),
  ],
  ['PUT of all customers', 'PUT', at('/customers'), () => [ada], 405, null, at('expected GET or POST')],
  ['DELETE of all orders', 'DELETE', at('/orders'), nothing, 405, null, at('expected GET or POST')],
  ['a billing deleted', 'DELETE', () => `/billing/${unknownId}`, nothing, 405, null, at('expected GET')],
  ['POST of a report', 'POST', at('/report'), () => ({}), 405, null, at('expected GET')],
  ['a path that is none', 'POST', at('/nothing'), () => ada, 404, null, at('/nothing')],
]

it.each(table)(
  '%s: refused with a clear error, and nothing is written',
  async (_what, method, path, body, status, field, told) => {
    const before = await eventCount(store)
    const answer = await send(shop.gatewayUrl(), method, path(), body())
    const problem = answer.body as {
      status: number
      detail: string
      errors?: { path: string; message: string }[]
    }

    expect({ status: answer.status, detail: problem.detail }).toEqual({
      status,
      detail: expect.stringContaining(told()),
    })
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET/)
    if (field !== null)
      expect(problem.errors).toContainEqual({ path: field, message: expect.stringContaining(told()) })
    expect(await eventCount(store)).toBe(before)
  },
)

it('after all of that the shop still takes what is right', async () => {
  await settled(store)
  const before = await eventCount(store)
  const id = await client.create('/customers', ada)
  expect(await client.get(`/customer/${id}`)).toEqual({ id, ...ada })
  await settled(store)
  console.log(
    `${table.length} kinds of bad input refused; the next good one led to ${(await eventCount(store)) - before} events`,
  )
  // customer_created, mail_requested, mail_sent
  expect(await eventCount(store)).toBe(before + 3)
})
