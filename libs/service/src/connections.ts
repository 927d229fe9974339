import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps at most `max` connections open. For a further one that on which no request has been under way for longest is cut
 * off; where all have one, the further one is closed as it comes.
 *
 * Node's `maxConnections` always closes the further one, so whoever opens many and sends nothing would lock everybody out.
 */
export function boundConnections(server: Server, max: number): void {
  let open = 0
  /** Nothing is under way, the longest first: none was asked for yet, or its headers have not all come, or it was answered. */
  const idle = new Set<Socket>()
  server.on('connection', (socket) => {
    open++
    idle.add(socket)
    socket.once('close', () => {
      open--
      idle.delete(socket)
    })
    if (open <= max) return
    const [longest] = idle
    longest?.destroy()
  })
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket)
    })
  })
}
