import { deepStrictEqual, rejects, strictEqual } from 'node:assert'
import { createServer } from 'node:net'
import { serviceNames } from '@ordershop/contracts'
import { test } from 'vitest'
import { freePortFrom, portsFrom, requireFree } from './ports.ts'

const ports = portsFrom(5000)

test('the first instances have the documented ports', () => {
  const first = Object.fromEntries(serviceNames.map((name) => [name, ports.instance(name, 1)]))
  deepStrictEqual([first.gateway, first.order, first.monitor], [5000, 5004, 5009])
  deepStrictEqual([ports.smtp, ports.mailbox, ports.redis], [5025, 5080, 6390])
  strictEqual(ports.instance('order', 2), 5024)
})

test('no two processes share a port, however far services are scaled', () => {
  const taken = [ports.smtp, ports.mailbox, ports.redis]
  for (const name of serviceNames)
    for (let number = 1; number <= 20; number++) taken.push(ports.instance(name, number))
  strictEqual(new Set(taken).size, taken.length)
})

test('a port in use is named, with how to change it', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  try {
    await rejects(requireFree({ gateway: port }), new RegExp(`port ${port} \\(gateway\\) .* SHOP_PORT_BASE`))
    strictEqual((await freePortFrom(port)) > port, true)
  } finally {
    server.close()
  }
})
