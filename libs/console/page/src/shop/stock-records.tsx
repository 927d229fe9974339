import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { send } from '../api/call.ts'
import type { Page } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { shortId } from '../ui/ids.ts'
import { count } from '../ui/numbers.ts'
import { EntityForm } from './entity-form.tsx'
import { Listing } from './listing.tsx'
import type { Product, Stock } from './shapes.ts'

export function StockRecords() {
  const [writes, setWrites] = useState(0)
  const [changed, change] = useState<Stock>()
  const products = useRead<Page<Product>>('/v1/products?limit=1000', { everyMs: 30_000 }).value?.items ?? []
  const names = new Map(products.map(({ product_id, name }) => [product_id, name]))
  const nameOf = (id: string) => names.get(id) ?? shortId(id)
  const amount = { name: 'amount', label: 'Pieces', type: 'number', step: '1' } as const
  const choices = products.map(({ product_id, name }) => ({ value: product_id, label: name }))
  const save = ({ product_id, amount }: Readonly<Record<string, string>>) => {
    const body = { product_id: changed?.product_id ?? product_id, amount: Number(amount) }
    return changed
      ? send('PUT', `/v1/inventory/${changed.inventory_id}`, body)
      : send('POST', '/v1/inventory', body)
  }
  return (
    <>
      <section class="card">
        <h2>{changed ? `Change the stock of ${nameOf(changed.product_id)}` : 'New stock'}</h2>
        <EntityForm
          key={changed?.inventory_id ?? 'new'}
          label={changed ? 'Change stock' : 'New stock'}
          fields={changed ? [amount] : [{ name: 'product_id', label: 'Product', choices }, amount]}
          {...(changed ? { initial: { amount: String(changed.amount) } } : {})}
          action={changed ? 'Save' : 'Create'}
          submit={async (values) => {
            await save(values)
            setWrites((n) => n + 1)
            change(undefined)
          }}
        />
      </section>
      <Listing<Stock>
        path="/v1/inventory"
        label="Stock"
        titles={['Product', 'Can be ordered', 'Record', '']}
        again={writes}
        idOf={({ inventory_id }) => inventory_id}
        row={(stock) => (
          <>
            <td>{nameOf(stock.product_id)}</td>
            <td class="mono">{count(stock.amount)}</td>
            <td class="mono">
              <Link href={`/entities/inventory/${stock.inventory_id}?key=${stock.product_id}`}>
                {shortId(stock.inventory_id)}
              </Link>
            </td>
            <td>
              <button
                type="button"
                class="small"
                aria-label={`Change the stock of ${nameOf(stock.product_id)}`}
                onClick={() => change(stock)}
              >
                Change
              </button>
            </td>
          </>
        )}
      />
    </>
  )
}
