import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { type Problem, problemOf, send } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import type { Page, Recorded } from '../api/shapes.ts'
import { useRead } from '../api/use-read.ts'
import { Face, refusal } from '../ui/face.tsx'
import { money } from '../ui/numbers.ts'
import { useTitle } from '../ui/use-title.ts'
import { OrderStatus } from './orders.tsx'
import { Saga } from './saga.tsx'
import { requestsOf } from './saga-steps.ts'
import type { Order } from './shapes.ts'

/** One order, and step by step what each service did about it. */
export function OrderView({ id }: { id: string }) {
  useTitle('Order')
  const [writes, setWrites] = useState(0)
  const order = useRead<Order>(`/v1/orders/${id}`, { everyMs: 1_000, again: writes })
  const history = useRead<Page<Recorded>>(`/v1/orders/${id}/events?limit=100`, {
    everyMs: 2_000,
    again: writes,
  })
  return (
    <div class="stack">
      <p>
        <Link href="/shop/orders">← Orders</Link>
      </p>
      <Face known={order}>{(found) => <Summary order={found} wrote={() => setWrites((n) => n + 1)} />}</Face>
      <Face known={history}>
        {({ items }) => (
          <>
            {requestsOf(items).map((request) => (
              <Saga key={request.correlationId} {...request} />
            ))}
          </>
        )}
      </Face>
    </div>
  )
}

function Summary({ order, wrote }: { order: Order; wrote(): void }) {
  const { may } = useMe()
  const [problem, setProblem] = useState<Problem>()
  const bill = () =>
    send('POST', '/v1/billings', { order_id: order.order_id }).then(
      () => {
        setProblem(undefined)
        wrote()
      },
      (error: unknown) => setProblem(problemOf(error)),
    )
  return (
    <section class="card" aria-label="Order">
      <div class="card-head">
        <h1>
          Order <OrderStatus order={order} /> {order.billing_id && <span class="pill">billed</span>}
        </h1>
        <span class="buttons">
          <Link href={`/entities/order/${order.order_id}`} class="button">
            History
          </Link>
          {may('write') && order.status === 'confirmed' && !order.billing_id && (
            <button type="button" class="primary" onClick={bill}>
              Bill it
            </button>
          )}
        </span>
      </div>
      <p class="mono break">{order.order_id}</p>
      <p>
        {order.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')} ·{' '}
        <strong>{money(order.total_cents, order.currency)}</strong>
      </p>
      {order.reason && <p class="problem">{order.reason}</p>}
      {problem && (
        <p class="problem" role="alert">
          {refusal(problem)}
        </p>
      )}
    </section>
  )
}
