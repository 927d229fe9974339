// A process that archives and trims the bench's topic, as the shop's archiver does: `REDIS_URL`, `FOLDER`, and `KEEP_EVENTS` unless memory alone says what stays.
import { createServer } from 'node:http'
import { folderObjects, redisEventStore } from '@ordershop/event-store'
import { things } from './things.ts'

const { REDIS_URL = '', FOLDER = '', KEEP_EVENTS, PORT } = process.env
const store = redisEventStore({
  redis: { url: REDIS_URL },
  catalog: things,
  clientName: 'archiver',
  durability: 'memory',
})
await store.ready()
store.archive({
  objects: folderObjects(FOLDER),
  ageMs: 1_000,
  trim: KEEP_EVENTS ? { keepEvents: Number(KEEP_EVENTS) } : {},
})
const server = createServer((_, response) => response.end('ready')).listen(Number(PORT), '127.0.0.1')
process.on('SIGTERM', async () => {
  await store.close()
  server.close()
  process.exit(0)
})
