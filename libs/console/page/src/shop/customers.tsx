import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { send } from '../api/call.ts'
import { shortId } from '../ui/ids.ts'
import { EntityForm, type Field } from './entity-form.tsx'
import { Listing } from './listing.tsx'
import type { Customer } from './shapes.ts'

const fields: readonly Field[] = [
  { name: 'name', label: 'Name' },
  { name: 'email', label: 'Email', type: 'email' },
]

export function Customers() {
  const [writes, setWrites] = useState(0)
  const [changed, change] = useState<Customer>()
  const wrote = () => {
    setWrites((n) => n + 1)
    change(undefined)
  }
  return (
    <>
      <section class="card">
        <h2>{changed ? `Change ${changed.name}` : 'New customer'}</h2>
        <EntityForm
          key={changed?.customer_id ?? 'new'}
          label={changed ? 'Change customer' : 'New customer'}
          fields={fields}
          {...(changed ? { initial: { name: changed.name, email: changed.email } } : {})}
          action={changed ? 'Save' : 'Create'}
          submit={(values) =>
            (changed
              ? send('PUT', `/v1/customers/${changed.customer_id}`, values)
              : send('POST', '/v1/customers', values)
            ).then(wrote)
          }
        />
      </section>
      <Listing<Customer>
        path="/v1/customers"
        label="Customers"
        titles={['Name', 'Email', 'Id', '']}
        again={writes}
        idOf={({ customer_id }) => customer_id}
        row={(customer) => (
          <>
            <td>{customer.name}</td>
            <td>{customer.email}</td>
            <td class="mono">
              <Link href={`/entities/customer/${customer.customer_id}`} title={customer.customer_id}>
                {shortId(customer.customer_id)}
              </Link>
            </td>
            <td>
              <button
                type="button"
                class="small"
                aria-label={`Change ${customer.name}`}
                onClick={() => change(customer)}
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
