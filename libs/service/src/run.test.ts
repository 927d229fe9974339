import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { eventually } from '@ordershop/core/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { otlpReceiver } from './testing.ts'

// Each starts processes.
vi.setConfig({ testTimeout: 30_000 })

// A real process, because exit codes and signals are what is tested.
const program = `
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve(name, context, next) {
      if (name.startsWith('@opentelemetry/sdk')) console.log('{"msg":"loads the SDK"}')
      return next(name, context)
    },
  })
  import { setTimeout as delay } from 'node:timers/promises'
  const { baseSchema, runProcess } = await import('./index.ts')
  let ready = false
  await runProcess({
    name: 'echo', schema: baseSchema, env: process.env,
    async start({ app, log }) {
      app.get('/slow', async (_request, response) => {
        console.log('{"msg":"slow begins"}')
        response.json(await delay(300, 'done'))
      })
      app.get('/whisper/:n', (request, response) => { log.debug('whispered ' + request.params.n); response.json(true) })
      app.get('/stuck', () => console.log('{"msg":"stuck"}'))
      app.get('/ready', (_request, response) => { ready = true; response.json(true) })
      app.get('/break', () => { setImmediate(() => { throw new Error('uncaught') }) })
      return {
        ready: () => ready ? { ready } : { ready, problem: 'Redis is not reached: no server at redis://none' },
        stop: async () => {
          if (process.env.NEVER_STOPS) await new Promise(() => {})
          console.log('{"msg":"the store is closed"}')
        },
      }
    },
  })
`

type Running = {
  child: ChildProcess
  output: () => string
  exit: Promise<number | null>
  url: () => Promise<string>
}
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function run(env: Record<string, string>): Running {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    env: { PATH: process.env.PATH, ...env },
  })
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const url = () =>
    eventually(() => `http://127.0.0.1:${/"port":(\d+)/.exec(text)?.[1] ?? expect.fail(text)}`)
  return { child, output: () => text, exit, url }
}

function get(url: string, agent: Agent): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume().once('close', () => {
        if (response.complete) resolve(response.headers)
        else reject(new Error('the answer was cut off'))
      })
    })
      .once('error', reject)
      .end()
  })
}

test('a process with an invalid environment exits 1 and lists every invalid variable', async () => {
  const { exit, output } = run({ PORT: 'x', STOP_MS: '-1', LOG_LEVEL: 'loud' })
  expect(await exit).toBe(1)
  const line = JSON.parse(output())
  expect(line).toMatchObject({ level: 'fatal', service: 'echo' })
  expect(line.problems.map(({ path }: { path: string }) => path)).toEqual(['PORT', 'LOG_LEVEL', 'STOP_MS'])
})

test('a process that is not ready says why, and is alive nevertheless', async () => {
  const { url } = run({ PORT: '0' })
  const base = await url()
  const unready = await fetch(`${base}/readyz`)
  expect(unready.status).toBe(503)
  expect(await unready.text()).toBe('Redis is not reached: no server at redis://none\n')
  expect((await fetch(`${base}/livez`)).status).toBe(200)
  await fetch(`${base}/ready`)
  expect((await fetch(`${base}/readyz`)).status).toBe(200)
})

test('with a port of their own, probes and metrics are there and nowhere else, until the process ends', async () => {
  const { child, url, exit, output } = run({ PORT: '0', OPS_PORT: '0' })
  const base = await url()
  const ops = `http://127.0.0.1:${/"opsPort":(\d+)/.exec(output())?.[1]}`
  const statuses = (at: string, ...paths: string[]) =>
    Promise.all(paths.map(async (path) => (await fetch(at + path)).status))
  expect(await statuses(base, '/livez', '/readyz', '/metrics', '/ready')).toEqual([404, 404, 404, 200])
  expect(await statuses(ops, '/livez', '/readyz', '/metrics', '/ready')).toEqual([200, 200, 200, 404])
  const slow = fetch(`${base}/slow`)
  await eventually(() => output().includes('slow begins'))
  child.kill('SIGTERM')
  await eventually(() => output().includes('"msg":"echo stops"'))
  expect(await (await fetch(`${ops}/readyz`)).text()).toBe('echo is stopping\n')
  expect((await slow).status).toBe(200)
  expect(await exit).toBe(0)
})

test('on SIGTERM a request in flight is answered, the store closed after it, and the process exits 0', async () => {
  const { child, url, exit, output } = run({ PORT: '0' })
  const base = await url()
  await fetch(`${base}/livez`) // leaves an idle kept-alive connection, which must not hold up the end
  const answer = fetch(`${base}/slow`).then((response) => response.json())
  await eventually(() => output().includes('slow begins'))
  child.kill('SIGTERM')
  await eventually(() => /"msg":"echo stops"/.test(output()))
  expect(await answer).toBe('done')
  expect(await exit).toBe(0)
  const told = ['"path":"/slow"', 'the store is closed', 'echo has stopped'].map((words) =>
    output().indexOf(words),
  )
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told).not.toContain(-1)
})

test('callers that are busy while the process stops lose no request: they are told to connect elsewhere', async () => {
  const { child, url, exit } = run({ PORT: '0' })
  const base = await url()
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  let answered = 0
  const failures: string[] = []
  const busy = async () => {
    for (;;) {
      try {
        const { connection } = await get(`${base}/livez`, agent)
        answered++
        if (connection === 'close') return
      } catch (error) {
        return failures.push(String(error))
      }
    }
  }
  const callers = Promise.all([busy(), busy(), busy(), busy()])
  await eventually(() => answered > 200)
  child.kill('SIGTERM')
  await callers
  expect(failures).toEqual([])
  expect(await exit).toBe(0)
})

test('a request that never ends is broken off, so that the process still stops in time', async () => {
  const { child, url, exit, output } = run({ PORT: '0', STOP_MS: '1000' })
  const base = await url()
  const answer = fetch(`${base}/stuck`).catch(() => 'broken off')
  await eventually(() => output().includes('stuck'))
  const start = performance.now()
  child.kill('SIGTERM')
  expect(await answer).toBe('broken off')
  expect(await exit).toBe(0)
  expect(performance.now() - start).toBeLessThan(1000)
})

test('a store that never closes ends the process with 1', async () => {
  const { child, url, exit, output } = run({ PORT: '0', STOP_MS: '300', NEVER_STOPS: 'yes' })
  await url()
  child.kill('SIGTERM')
  expect(await exit).toBe(1)
  expect(output()).toContain('could not stop in time')
})

test('an uncaught error ends the process with exit code 1 and is logged in full', async () => {
  const { url, exit, output } = run({ PORT: '0' })
  fetch(`${await url()}/break`).catch(() => {})
  expect(await exit).toBe(1)
  expect(output()).toMatch(/"level":"fatal".*uncaught.*"stack"/)
})

test('a port in use ends the process with 1, its store closed', async () => {
  const first = run({ PORT: '0' })
  const port = new URL(await first.url()).port
  const second = run({ PORT: port })
  expect(await second.exit).toBe(1)
  expect(second.output()).toMatch(/the store is closed[\s\S]*EADDRINUSE/)
})

test('SIGUSR2 switches the log to debug, and the next one back', async () => {
  const { child, url, output } = run({ PORT: '0' })
  const base = await url()
  const level = () =>
    output()
      .match(/"logLevel":"\w+"/g)
      ?.at(-1)
  for (const [n, expected] of ['debug', 'info', 'debug'].entries()) {
    child.kill('SIGUSR2')
    await eventually(() => level() === `"logLevel":"${expected}"`)
    await fetch(`${base}/whisper/${n}`)
  }
  await eventually(() => output().includes('whispered 2'))
  expect(output().match(/whispered \d/g)).toEqual(['whispered 0', 'whispered 2'])
})

test('a process without a collector does not load OpenTelemetry’s SDK', async () => {
  const { url, output } = run({ PORT: '0' })
  await url()
  expect(output()).not.toContain('loads the SDK')
})

test('with a collector the last spans are sent before the process ends', async () => {
  const receiver = await otlpReceiver()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
  const { child, url, exit, output } = run({ PORT: '0', ...env })
  await fetch(`${await url()}/ready`)
  expect(output()).toContain('loads the SDK')
  child.kill('SIGTERM')
  expect(await exit).toBe(0)
  expect(receiver.spans()).toMatchObject([{ service: 'echo', name: 'GET /ready' }])
  await receiver.close()
})

test('an unreachable collector neither delays shutdown nor fills the log', async () => {
  // Nobody listens on port 9, and more spans than are sent at once try to.
  const { child, url, exit, output } = run({
    ...{ PORT: '0', STOP_MS: '2000', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
  })
  const base = await url()
  for (let n = 0; n < 60; n++) await Promise.all(Array.from({ length: 10 }, () => fetch(`${base}/ready`)))
  child.kill('SIGTERM')
  expect(await exit).toBe(0)
  const loud = output().match(/"level":"(warn|error|fatal)"/g) ?? []
  expect(loud.length).toBeLessThan(3)
  expect(output()).toContain('echo has stopped')
})
