// One member of a consumer group as a process of its own, for tests that kill and freeze it.
// Each handled event is written to the stream `seen`, so that the test sees what was handled in which order.
import { eventually } from '@ordershop/core/testing'
import { folderObjects } from '@ordershop/event-store'
import { Redis } from 'ioredis'
import { ledgerRows } from '../src/testing/ledger.ts'
import { openStore, quick } from './harness.ts'

// `exit`, `loop` or `memory`: how a movement of 666 cents ends it; `fold`: the projection does, by exit.
// The folder of the archive, where there is one.
const [, , url = '', poison = '', folder = ''] = process.argv
const store = openStore(url, folder === '' ? {} : { archive: folderObjects(folder) })
const witness = new Redis(url)
await store.ready()
// It has started: whoever restarts those that are silent may begin to listen.
await witness.hset('told', String(process.pid), '{}')

const member = store.subscribe({
  ...quick,
  group: 'watchers',
  topics: ['account'],
  on: {
    async moved({ key, version, data }) {
      if (data.cents === 666 && poison !== 'fold') end()
      await witness.xadd('seen', '*', 'key', key, 'version', version, 'member', process.pid)
    },
  },
})
const projection = store.project({
  ...quick,
  name: 'ledger',
  topics: ['account', 'note'],
  project(event) {
    if (poison === 'fold' && event.type === 'moved' && event.data.cents === 666) process.exit(1)
    return ledgerRows(event)
  },
})

function end(): void {
  if (poison === 'exit') process.exit(1)
  while (poison === 'loop');
  const held: number[][] = []
  while (poison === 'memory') held.push(new Array<number>(100_000).fill(held.length))
}

const telling = setInterval(() => {
  const state = {
    fenced: store.heard.fenced,
    forked: store.heard.forked,
    owned: member.owned().length,
    rows: projection.owned().length,
  }
  witness.hset('told', String(process.pid), JSON.stringify(state)).catch(() => {})
}, 50)

process.on('SIGTERM', async () => {
  clearInterval(telling)
  await store.close()
  await eventually(() => witness.hdel('told', String(process.pid)))
  process.exit(0)
})
