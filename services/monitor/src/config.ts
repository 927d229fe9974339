import { isLoopback } from '@ordershop/service'
import { z } from 'zod'

export const monitorVariables = {
  /** Whether whoever reaches the port may have a projection rebuilt, as the load test of it does. */
  REBUILD_OVER_HTTP: z.enum(['on', 'off']).default('off'),
  /** Unix socket of `scripts/shop up`, by which processes can be stopped and started; default: they cannot from here. */
  SHOP_CONTROL_SOCKET: z.string().optional(),
}

type SocketConfig = { readonly HOST: string; readonly SHOP_CONTROL_SOCKET?: string | undefined }

/** Processes of a machine are its own: whoever drives them is on it. */
export function checkSocket(
  { HOST, SHOP_CONTROL_SOCKET: socket }: SocketConfig,
  context: z.RefinementCtx<unknown>,
) {
  if (socket === undefined || isLoopback(HOST)) return
  const message = `expected none where HOST is ${HOST}, but only on loopback`
  context.addIssue({ code: 'custom', path: ['SHOP_CONTROL_SOCKET'], message, input: socket })
}
