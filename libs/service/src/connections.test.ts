import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { eventually } from '@ordershop/core/testing'
import { afterEach, expect, test } from 'vitest'
import { boundConnections } from './connections.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

/** A server of three connections that answers when it is told to. */
async function shop() {
  const asked: ServerResponse[] = []
  const server = createServer((_request, response) => asked.push(response))
  boundConnections(server, 3)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => server.close())
  const { port } = server.address() as AddressInfo
  let taken = 0
  server.on('connection', () => taken++)
  return {
    asked,
    /** Its connection has come to the server. */
    async caller(sent = ''): Promise<Socket> {
      const before = taken
      const socket = connect(port, '127.0.0.1')
      cleanups.push(() => socket.destroy())
      socket.on('error', () => {}).resume()
      socket.write(sent)
      await eventually(() => taken > before)
      return socket
    },
  }
}

const request = 'GET / HTTP/1.1\r\nhost: shop\r\n\r\n'

test('who does nothing with a connection makes room for a further one, the longest idle first', async () => {
  const { caller, asked } = await shop()
  const sendsNothing = await caller()
  const halfOfItsHeaders = await caller('GET / HTTP/1.1\r\nhost:')
  const waits = await caller(request)
  await eventually(() => asked.length === 1)
  for (const idle of [sendsNothing, halfOfItsHeaders]) {
    expect(idle.closed).toBe(false)
    await caller(request)
    await eventually(() => idle.closed)
  }
  await eventually(() => asked.length === 3)
  expect(waits.closed).toBe(false)
})

test('one that was answered is idle again', async () => {
  const { caller, asked } = await shop()
  const answered = await caller(request)
  await eventually(() => asked.length === 1)
  asked[0]?.end()
  await eventually(() => answered.bytesRead > 0)
  await caller(request)
  await caller(request)
  await caller(request)
  await eventually(() => answered.closed)
  await eventually(() => asked.length === 4)
})

test('where all have a request under way, a further connection is closed', async () => {
  const { caller, asked } = await shop()
  const callers = [await caller(request), await caller(request), await caller(request)]
  await eventually(() => asked.length === 3)
  const further = await caller(request)
  await eventually(() => further.closed)
  expect(callers.map(({ closed }) => closed)).toEqual([false, false, false])
})
