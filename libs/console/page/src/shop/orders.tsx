import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { type Problem, problemOf, send } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import type { Page } from '../api/shapes.ts'
import { type Known, useRead } from '../api/use-read.ts'
import { Empty, Face, refusal } from '../ui/face.tsx'
import { shortId } from '../ui/ids.ts'
import { counted, money } from '../ui/numbers.ts'
import { EntityForm } from './entity-form.tsx'
import { Listing } from './listing.tsx'
import type { Accepted, Customer, Order, Product } from './shapes.ts'

export function Orders() {
  const [writes, setWrites] = useState(0)
  const customers = useRead<Page<Customer>>('/v1/customers?limit=200', { everyMs: 10_000 })
  const products = useRead<Page<Product>>('/v1/products?limit=200', { everyMs: 10_000 })
  return (
    <>
      <Face known={together(customers, products)}>
        {([{ items: people }, { items: goods }]) =>
          people.length === 0 || goods.length === 0 ? (
            <Empty>
              <p>
                To order you need a <Link href="/shop/customers">customer</Link>, a{' '}
                <Link href="/shop/products">product</Link> and its <Link href="/shop/stock">stock</Link>.
              </p>
            </Empty>
          ) : (
            <div class="columns">
              <PlaceOne customers={people} products={goods} />
              <PlaceMany customers={people} products={goods} placed={() => setWrites((n) => n + 1)} />
            </div>
          )
        }
      </Face>
      <Listing<Order>
        path="/v1/orders"
        label="Orders"
        titles={['Order', 'Status', 'Total', 'Items', 'Billed']}
        again={writes}
        idOf={({ order_id }) => order_id}
        row={(order) => (
          <>
            <td class="mono">
              <Link href={`/shop/orders/${order.order_id}`} title={order.order_id}>
                {shortId(order.order_id)}
              </Link>
            </td>
            <td>
              <OrderStatus order={order} />
            </td>
            <td class="mono">{money(order.total_cents, order.currency)}</td>
            <td>{order.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')}</td>
            <td>{order.billing_id ? 'yes' : ''}</td>
          </>
        )}
      />
    </>
  )
}

/** Both answers as one: what is wrong with either is said once. */
function together<A, B>(a: Known<A>, b: Known<B>): Known<readonly [A, B]> {
  const problem = a.problem ?? b.problem
  if (a.value === undefined || b.value === undefined) return { problem }
  return { value: [a.value, b.value], problem, at: Math.min(a.at ?? 0, b.at ?? 0) }
}

export function OrderStatus({ order: { status, reason } }: { order: Pick<Order, 'status' | 'reason'> }) {
  const state = { pending: 'warn', confirmed: 'good', rejected: 'bad' }[status]
  return (
    <span class="pill" data-state={state} title={reason}>
      {status}
    </span>
  )
}

type Props = { customers: readonly Customer[]; products: readonly Product[] }

function PlaceOne({ customers, products }: Props) {
  const [, navigate] = useLocation()
  const fields = [
    {
      name: 'customer_id',
      label: 'Customer',
      choices: customers.map(({ customer_id, name }) => ({ value: customer_id, label: name })),
    },
    {
      name: 'product_id',
      label: 'Product',
      choices: products.map(({ product_id, name }) => ({ value: product_id, label: name })),
    },
    { name: 'pieces', label: 'Pieces', type: 'number', step: '1' },
  ] as const
  const place = async ({ customer_id, product_id, pieces }: Readonly<Record<string, string>>) => {
    const product_ids = Array.from({ length: Number(pieces) }, () => product_id)
    const placed = await send<Order | Accepted>('POST', '/v1/orders', { customer_id, product_ids })
    navigate(`/shop/orders/${'id' in placed ? placed.id : placed.order_id}`)
  }
  return (
    <section class="card">
      <h2>Place an order</h2>
      <p class="hint">and watch it go through its saga.</p>
      <EntityForm
        label="Place an order"
        fields={fields}
        initial={{ pieces: '1' }}
        action="Place order"
        submit={place}
      />
    </section>
  )
}

const amounts = [10, 100, 1_000] as const

function PlaceMany({ customers, products, placed }: Props & { placed(): void }) {
  const { may } = useMe()
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const place = async (many: number) => {
    setSaid(`Placing ${counted(many, 'order')}…`)
    try {
      const orders = Array.from({ length: many }, (_, index) => ({
        customer_id: customers[index % customers.length]?.customer_id,
        product_ids: [products[index % products.length]?.product_id],
      }))
      const { items } = await send<{ items: { status: number }[] }>('POST', '/v1/orders', orders)
      const accepted = items.filter(({ status }) => status < 300).length
      setSaid(`${counted(accepted, 'order')} placed${accepted < many ? `, ${many - accepted} refused` : ''}.`)
      setProblem(undefined)
      placed()
    } catch (error) {
      setSaid('')
      setProblem(problemOf(error))
    }
  }
  if (!may('write')) return null
  return (
    <section class="card">
      <h2>Place many</h2>
      <p class="hint">of one piece each, by turns of every customer and product.</p>
      <p class="buttons">
        {amounts.map((many) => (
          <button type="button" key={many} onClick={() => place(many)}>
            Place {many}
          </button>
        ))}
        <Link href="/flow" class="button">
          See them flow
        </Link>
      </p>
      <p role="status" class={problem ? 'problem' : 'done'}>
        {problem ? refusal(problem) : said}
      </p>
    </section>
  )
}
