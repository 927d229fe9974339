import { Link, Redirect, Route, Switch, useLocation } from 'wouter-preact'
import { useTitle } from '../ui/use-title.ts'
import { Customers } from './customers.tsx'
import { OrderView } from './order-view.tsx'
import { Orders } from './orders.tsx'
import { Products } from './products.tsx'
import { StockRecords } from './stock-records.tsx'

const parts = ['orders', 'products', 'stock', 'customers'] as const

/** What the shop is about: what can be ordered, by whom, and what became of it. */
export function ShopView() {
  useTitle('Shop')
  const [path] = useLocation()
  return (
    <div class="stack">
      <h1 class="sr">Shop</h1>
      <nav class="parts" aria-label="Parts of the shop">
        {parts.map((part) => (
          <Link
            key={part}
            href={`/shop/${part}`}
            class={path.startsWith(`/shop/${part}`) ? 'here' : ''}
            {...(path.startsWith(`/shop/${part}`) ? { 'aria-current': 'page' } : {})}
          >
            {part}
          </Link>
        ))}
      </nav>
      <Switch>
        <Route path="/shop/orders">
          <Orders />
        </Route>
        <Route path="/shop/orders/:id">{({ id }) => <OrderView key={id} id={id} />}</Route>
        <Route path="/shop/products">
          <Products />
        </Route>
        <Route path="/shop/stock">
          <StockRecords />
        </Route>
        <Route path="/shop/customers">
          <Customers />
        </Route>
        <Route>
          <Redirect to="/shop/orders" replace />
        </Route>
      </Switch>
    </div>
  )
}
