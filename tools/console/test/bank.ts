// A store that is no shop, run as its own project would: accounts, a group that checks movements, balances.
import { type Catalog, redisEventStore } from '@ordershop/event-store'

type Moved = { type: 'moved'; data: { cents: number } }
const catalog: Catalog<Moved> = {
  topics: ['account', 'statement'],
  schemaVersion: () => 1,
  parse: (_topic, _type, _version, data) => ({ type: 'moved', data: data as Moved['data'] }),
}

/** A bank of four partitions whose group `audit` cannot handle 13 cents until it is told that it can. */
export async function openBank(url: string, keyPrefix = '') {
  const superstition = { ends: false }
  const handled: number[] = []
  const store = redisEventStore({
    ...{ catalog, redis: { url, keyPrefix }, clientName: 'bank', partitions: 4, observer: {} },
  })
  await store.ready()
  store.subscribe({
    ...{ group: 'audit', topics: ['account'], beatMs: 50, leaseMs: 600, attempts: 1 },
    on: {
      moved({ data: { cents } }) {
        if (cents === 13 && !superstition.ends) throw new Error('13 cents')
        handled.push(cents)
      },
    },
  })
  store.project({
    ...{ name: 'balances', leaseMs: 600, beatMs: 50 },
    topics: ['account'],
    project: ({ entity_id, data }) => [['HINCRBY', `account_entity:${entity_id}`, 'balance', data.cents]],
  })
  let commands = 0
  const move = (entityId: string, cents: number) =>
    store.append({
      ...{ topic: 'account', entityId, expected: 'any', commandId: `${process.pid}-${++commands}` },
      events: [{ type: 'moved', data: { cents } }],
    })
  return { store, handled, move, superstition }
}
