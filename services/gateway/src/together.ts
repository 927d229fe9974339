import { maxTogether, type TogetherAnswered } from '@ordershop/service'
import type { UpstreamReply } from './upstreams.ts'

/** A POST to one process of a service; its body as JSON. */
type Post = { readonly headers: Record<string, string>; readonly body: string }
type Send = (url: string, post: Post) => Promise<UpstreamReply>

// While the service works on some, the next gather, as appends do.
const callsUnderWay = 2
// Services take 2 MiB.
const maxChars = 512 * 1024

type Waiting = Post & {
  readonly resolve: (reply: UpstreamReply) => void
  readonly reject: (error: unknown) => void
}
type Queue = { readonly url: string; readonly waiting: Waiting[]; underWay: number }

/**
 * Sends POSTs. Those that wait for the same URL at the same moment travel in one request, each with its own headers and
 * answer; a lone one waits for nothing, and travels by itself.
 */
export function togetherBy(send: Send): Send {
  const queues = new Map<string, Queue>()

  async function flush(queue: Queue): Promise<void> {
    queue.underWay++
    const batch = takeBatch(queue.waiting)
    try {
      const replies = await sendAll(send, queue.url, batch)
      for (const [k, { resolve }] of batch.entries()) resolve(replies[k] as UpstreamReply)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    queue.underWay--
    if (queue.waiting.length > 0) void flush(queue)
    else if (queue.underWay === 0) queues.delete(queue.url)
  }

  return (url, post) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(url) ?? { url, waiting: [], underWay: 0 }
      queues.set(url, queue)
      queue.waiting.push({ ...post, resolve, reject })
      if (queue.underWay < callsUnderWay) void flush(queue)
    })
}

async function sendAll(
  send: Send,
  url: string,
  batch: readonly Waiting[],
): Promise<readonly UpstreamReply[]> {
  const [first] = batch
  if (first && batch.length === 1) return [await send(url, first)]
  // The bodies are JSON already.
  const requests = batch.map(({ headers, body }) => `{"headers":${JSON.stringify(headers)},"body":${body}}`)
  const reply = await send(url, {
    headers: { 'content-type': 'application/json' },
    body: `{"requests":[${requests.join(',')}]}`,
  })
  if (reply.status === 503 || reply.status === 401) return batch.map(() => reply)
  // A service of a release that does not know this, as during a deploy.
  if (reply.status !== 200) return Promise.all(batch.map((post) => send(url, post)))
  const { answers } = JSON.parse(reply.body) as TogetherAnswered
  return answers.map(({ status, body }) => ({ status, body: JSON.stringify(body) }))
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  let taken = 0
  let chars = 0
  for (const { body } of waiting) {
    chars += body.length
    if (taken > 0 && (taken === maxTogether || chars > maxChars)) break
    taken++
  }
  return waiting.splice(0, taken)
}
