/** Takes at least one item from the front of a key's queue and works on it; the next call comes when it resolves. */
export type LaneStep<Item> = (key: string, queue: Item[]) => Promise<void>

/**
 * Runs items of one key one after another, and items of different keys side by side.
 *
 * A step must not throw: what an item's failure means is the step's to decide.
 */
export function lanes<Item>(step: LaneStep<Item>) {
  const queues = new Map<string, Item[]>()
  let idle: (() => void)[] = []

  async function run(key: string, queue: Item[]): Promise<void> {
    while (queue.length > 0) await step(key, queue)
    queues.delete(key)
    if (queues.size > 0) return
    for (const resolve of idle) resolve()
    idle = []
  }

  return {
    add(key: string, item: Item): void {
      const queue = queues.get(key)
      if (queue) {
        queue.push(item)
        return
      }
      const fresh = [item]
      queues.set(key, fresh)
      void run(key, fresh)
    },

    /** Whether items of the key are waiting or being worked on. */
    busy: (key: string) => queues.has(key),

    /** Resolves when nothing is waiting or being worked on. */
    idle: (): Promise<void> =>
      queues.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
  }
}
