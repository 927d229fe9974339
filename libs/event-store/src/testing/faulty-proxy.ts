import { createServer, connect as openSocket, type Socket } from 'node:net'

/** A TCP proxy before Redis that loses what a network loses. */
export type FaultyProxy = {
  readonly port: number
  readonly url: string
  /** Lets the next request whose bytes match reach Redis, drops its reply, and cuts that connection. */
  dropReplyTo(request: RegExp): void
  /** How many replies were dropped so far. */
  dropped(): number
  /** Keeps present connections open but passes nothing more in either direction, as a dead host would. New connections work. */
  freeze(): void
  /** Keeps all replies back, until the function that it returns is called: shows what is asked before anything is answered. */
  hold(): () => void
  /** Leads new connections to another port of this machine, and cuts the present ones, as a failover does. */
  moveTo(port: number): void
  /** Cuts every connection. */
  cut(): void
  close(): Promise<void>
}

/** Starts a proxy to `127.0.0.1:first`. */
export async function faultyProxy(first: number): Promise<FaultyProxy> {
  let target = first
  const pairs = new Set<{ client: Socket; server: Socket; frozen: boolean }>()
  let pattern: RegExp | undefined
  let drops = 0
  let held: (() => void)[] | undefined

  const listener = createServer((client) => {
    const server = openSocket(target, '127.0.0.1')
    const pair = { client, server, frozen: false }
    let dropping = false
    pairs.add(pair)
    client.on('data', (bytes) => {
      if (pair.frozen) return
      if (pattern?.test(bytes.toString('latin1'))) {
        pattern = undefined
        dropping = true
      }
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (pair.frozen) return
      if (dropping) {
        drops++
        close()
      } else if (held) held.push(() => client.write(bytes))
      else client.write(bytes)
    })
    const close = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', close).on('close', close)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }

  const cut = () => {
    for (const { client, server } of [...pairs]) {
      client.destroy()
      server.destroy()
    }
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    dropReplyTo(request) {
      pattern = request
    },
    dropped: () => drops,
    freeze() {
      for (const pair of pairs) pair.frozen = true
    },
    hold() {
      const replies: (() => void)[] = []
      held = replies
      return () => {
        held = undefined
        for (const reply of replies) reply()
      }
    },
    moveTo(port) {
      target = port
      cut()
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        cut()
      }),
  }
}
