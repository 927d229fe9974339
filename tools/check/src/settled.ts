import { setTimeout as delay } from 'node:timers/promises'
import { groups } from '@ordershop/contracts'
import type { Operations } from '@ordershop/event-store'
import type { ShopStatus } from '@ordershop/local-shop/control'

const withinMs = 5_000

/** Waits until the services that run have handled every event: what a step led to is then done, too. */
export async function settled(ops: Operations, { processes }: ShopStatus): Promise<void> {
  const running = new Set(processes.filter(({ ready }) => ready).map(({ service }) => service))
  const watched = Object.fromEntries(Object.entries(groups).filter(([group]) => running.has(group)))
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    const lags = await ops.lag(watched)
    if (lags.every(({ lag }) => lag === 0)) return
    await delay(20)
  }
}
