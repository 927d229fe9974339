import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { send } from '../api/call.ts'
import { shortId } from '../ui/ids.ts'
import { money } from '../ui/numbers.ts'
import { EntityForm, type Field } from './entity-form.tsx'
import { Listing } from './listing.tsx'
import type { Product } from './shapes.ts'

const fields: readonly Field[] = [
  { name: 'name', label: 'Name' },
  { name: 'price', label: 'Price', type: 'number', step: '0.01' },
]

export function Products() {
  const [writes, setWrites] = useState(0)
  const [changed, change] = useState<Product>()
  const wrote = () => {
    setWrites((n) => n + 1)
    change(undefined)
  }
  const bodyOf = ({ name, price }: Readonly<Record<string, string>>) => ({
    name,
    price_cents: Math.round(Number(price) * 100),
  })
  return (
    <>
      <section class="card">
        <h2>{changed ? `Change ${changed.name}` : 'New product'}</h2>
        <EntityForm
          key={changed?.product_id ?? 'new'}
          label={changed ? 'Change product' : 'New product'}
          fields={fields}
          {...(changed
            ? { initial: { name: changed.name, price: (changed.price_cents / 100).toFixed(2) } }
            : {})}
          action={changed ? 'Save' : 'Create'}
          submit={(values) =>
            (changed
              ? send('PUT', `/v1/products/${changed.product_id}`, bodyOf(values))
              : send('POST', '/v1/products', bodyOf(values))
            ).then(wrote)
          }
        />
      </section>
      <Listing<Product>
        path="/v1/products"
        label="Products"
        titles={['Name', 'Price', 'Id', '']}
        again={writes}
        idOf={({ product_id }) => product_id}
        row={(product) => (
          <>
            <td>{product.name}</td>
            <td>{money(product.price_cents, product.currency)}</td>
            <td class="mono">
              <Link href={`/entities/product/${product.product_id}`} title={product.product_id}>
                {shortId(product.product_id)}
              </Link>
            </td>
            <td>
              <button
                type="button"
                class="small"
                aria-label={`Change ${product.name}`}
                onClick={() => change(product)}
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
