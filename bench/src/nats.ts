// NATS JetStream with its file store: publishes that are awaited one by one, and a durable consumer with explicit acks.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { newId } from '@ordershop/core/id'
import { eventually } from '@ordershop/core/testing'
import { freePort, killAtExit } from '@ordershop/event-store/testing'
import which from 'which'
import { concurrently, during } from './load.ts'

type Event = { readonly data: unknown }

export type Nats = {
  /** Publishes for so many milliseconds, each under an id of its own. Events per second. */
  append(ms: number, concurrency: number, event: () => Event): Promise<number>
  fill(count: number, event: () => Event): Promise<void>
  /** A new consumer receives, parses and acknowledges the first `count`. Events per second. */
  consume(count: number): Promise<number>
  stop(): Promise<void>
}

const stream = 'things'
/** Of a consumer, in its hands at most: more gained nothing. */
const inHand = 1_000

/** @param sync when a write is on disk before it is acknowledged: `always`, or an interval. */
export async function startNats(sync: 'always' | '1s'): Promise<Nats | undefined> {
  const program = await which('nats-server', { nothrow: true })
  if (!program) {
    console.error('no nats-server on the PATH: its column is left out')
    return undefined
  }
  const dir = await mkdtemp(join(tmpdir(), 'nats-'))
  const port = await freePort()
  const config = join(dir, 'nats.conf')
  await writeFile(
    config,
    `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${dir}", sync_interval: ${sync} }\n`,
  )
  const server = spawn(program, ['-c', config], { stdio: 'ignore' })
  killAtExit(server)
  const connection = await eventually(() => connect({ servers: `127.0.0.1:${port}` }), { withinMs: 10_000 })
  const manager = await jetstreamManager(connection)
  const client = jetstream(connection)
  const renew = async () => {
    await manager.streams.delete(stream).catch(() => {})
    await manager.streams.add({ name: stream, subjects: [stream] })
  }
  const publish = (event: Event) => client.publish(stream, JSON.stringify(event.data), { msgID: newId() })

  return {
    async append(ms, concurrency, event) {
      await renew()
      return during(ms, concurrency, () => publish(event()))
    },
    async fill(count, event) {
      await renew()
      await concurrently(count, 512, () => publish(event()))
    },
    async consume(count) {
      const name = newId()
      await manager.consumers.add(stream, {
        durable_name: name,
        ack_policy: AckPolicy.Explicit,
        max_ack_pending: inHand,
      })
      const consumer = await client.consumers.get(stream, name)
      const started = performance.now()
      let handled = 0
      const messages = await consumer.consume({ max_messages: inHand })
      for await (const message of messages) {
        message.json()
        message.ack()
        if (++handled === count) break
      }
      const perSecond = count / ((performance.now() - started) / 1_000)
      await manager.consumers.delete(stream, name)
      return perSecond
    },
    async stop() {
      await connection.close()
      server.kill('SIGTERM')
      await once(server, 'exit')
      await rm(dir, { recursive: true })
    },
  }
}
