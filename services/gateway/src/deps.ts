import type { LogPosition } from '@ordershop/event-store'
import type { Forward } from './forward.ts'
import type { Views } from './views.ts'

/** What the public may send at once. */
export const maxBodyBytes = 1024 * 1024

/** What routes need of their surroundings. */
export type RouteDeps = {
  readonly views: Views
  readonly forward: Forward
  /** Whether the read model has come as far as these positions, waiting for it a bounded time. */
  seen(positions: readonly LogPosition[]): Promise<boolean>
}
