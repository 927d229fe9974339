// A failover by hand, to a replica that lacks an event which readers of the old master have seen.
import type { AppError } from '@ordershop/core'
import { eventually } from '@ordershop/core/testing'
import { execute, type Loaded, type StoredDecider } from '@ordershop/event-store'
import { type FaultyProxy, faultyProxy, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, cents, type LedgerEvent, movement } from '../src/testing/ledger.ts'
import { openStore } from './harness.ts'

const durability = { replicated: 1 }
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: AppError) => error.code,
  )

const balance: StoredDecider<number, number, LedgerEvent> = {
  revision: 'balance/1',
  initialState: () => 0,
  decide: (to, state) => (to === state ? [] : [{ type: 'moved', data: { cents: to - state } }]),
  evolve: (state, event) => state + (event.type === 'moved' ? event.data.cents : 0),
}

describe('an event that readers saw before it was acknowledged, and that a failover lost', () => {
  let old: RedisServer
  let replica: RedisServer
  let next: RedisServer
  let wire: FaultyProxy
  let clients: FaultyProxy
  let store: ReturnType<typeof openStore>
  let seen: Loaded<LedgerEvent>
  const lost = movement('a', 20)

  /** The current master has a replica that confirms. */
  const confirmed = () =>
    eventually(async () => expect(await code(store.append(movement('ready', 1)))).toBe('resolved'), {
      withinMs: 30_000,
    })

  beforeAll(async () => {
    old = await startRedis()
    wire = await faultyProxy(old.port)
    replica = await startRedis('--replicaof', '127.0.0.1', String(wire.port))
    next = await startRedis('--replicaof', '127.0.0.1', String(replica.port))
    clients = await faultyProxy(old.port)
    store = openStore(clients.url, { durability })
    await store.ready()
    await confirmed()
    await store.append(movement('a', 1))
    // The replica loses its master while an append is on its way.
    await wire.close()
    await eventually(async () => expect(await old.client.info('replication')).toMatch(/connected_slaves:0/))
    expect(await code(store.append(lost))).toBe('unavailable')
    seen = await store.load(account('a'))
  })
  afterAll(async () => {
    await store.close()
    await clients.close()
    await Promise.all([old, replica, next].map((server) => server.stop()))
  })

  test('is shown by a load, as the guarantees say', () => {
    expect(cents(seen.events)).toEqual([1, 20])
  })

  test('is not acknowledged to who asks for its command again, or for what it has brought about', async () => {
    const again = execute(store, balance, account('a'), 21, { commandId: lost.commandId })
    const alike = execute(store, balance, account('a'), 21, { commandId: 'another' })
    expect(await Promise.all([code(again), code(alike)])).toEqual(['unavailable', 'unavailable'])
  })

  test('is in no decision that the log takes, once another event has its version', async () => {
    await replica.client.replicaof('NO', 'ONE')
    clients.moveTo(replica.port)
    await confirmed()
    const other = await store.append(movement('a', 300, { expected: 1 }))
    expect(other).toMatchObject({ version: seen.version })
    expect(await code(store.append(movement('a', -21, { expected: seen.token })))).toBe('conflict')
    const looks = [seen]
    const load: typeof store.load = async (ref, options) => looks.pop() ?? store.load(ref, options)
    const emptied = await execute({ ...store, load }, balance, account('a'), 0, { commandId: 'empty it' })
    expect(emptied).toMatchObject({ version: 3, state: 0 })
    expect(cents(await store.readEntity(account('a')))).toEqual([1, 300, -301])
  })

  test('is not noticed by an append that expects a version number, as its docstring says', async () => {
    const { version, token } = await store.load(account('a'))
    const another = token.replace(/-.*/, '-99')
    expect(await code(store.append(movement('a', 7, { expected: another })))).toBe('conflict')
    expect(await code(store.append(movement('a', 7, { expected: version })))).toBe('resolved')
  })
})
