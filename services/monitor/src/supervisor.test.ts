import { mkdtempSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { supervisedProcesses } from './supervisor.ts'

const running = { service: 'crm', instance: 'crm-1', pid: 7, port: 5006, ready: true, state: 'ready' }
let server: Server | undefined
afterEach(() => void server?.close())

async function supervisor(answer: (asked: string) => [status: number, body: object]) {
  const socket = join(mkdtempSync(join(tmpdir(), 'monitor-')), 'control.sock')
  const asked: string[] = []
  server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray()).toString()
    asked.push(`${incoming.method} ${incoming.url} ${body}`.trim())
    const [status, answered] = answer(asked.at(-1) ?? '')
    outgoing.writeHead(status).end(JSON.stringify(answered))
  })
  await new Promise<void>((resolve) => server?.listen(socket, resolve))
  return { processes: supervisedProcesses(socket), asked }
}

test('processes are those of the supervisor, and are stopped and started by it', async () => {
  const { processes, asked } = await supervisor(() => [200, { processes: [running] }])
  const { pid: _, ...shown } = running
  expect(await processes.list()).toEqual([shown])
  await processes.stop('crm')
  await processes.start('crm')
  expect(asked).toEqual(['GET /', 'POST /stop {"name":"crm"}', 'POST /start {"name":"crm"}'])
})

test.each(['gateway', 'gateway-1', 'monitor'])(
  '%s is not stopped: nobody could start it again',
  async (name) => {
    const { processes, asked } = await supervisor(() => [200, {}])
    await expect(processes.stop(name)).rejects.toMatchObject({ code: 'conflict' })
    expect(asked).toEqual([])
  },
)

test('a refusal of the supervisor is told as it is, and one that is away is unavailable', async () => {
  const refused = { code: 'not_found', message: 'no process is called tea' }
  const { processes } = await supervisor(() => [400, refused])
  await expect(processes.start('tea')).rejects.toMatchObject(refused)
  await expect(supervisedProcesses('/tmp/no-such.sock').list()).rejects.toMatchObject({ code: 'unavailable' })
})
