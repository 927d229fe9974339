import { notStrictEqual, strictEqual } from 'node:assert'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { afterEach, test } from 'vitest'
import { type Supervised, supervise } from './supervised.ts'

const started: Supervised[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop(500)))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A Node process that runs `code`; it says `up` once signals are handled as the code says. */
function running(code: string): { process: Supervised; logged(): string } {
  const folder = mkdtempSync(join(tmpdir(), 'supervised-'))
  folders.push(folder)
  const logFile = join(folder, 'log')
  const args = ['-e', `${code}; setInterval(() => {}, 1000); console.log('up')`]
  const command = () => ({ file: process.execPath, args, env: process.env })
  const one = supervise({ service: 'x', instance: 'x-1', port: 0, logFile, isNode: false, command })
  started.push(one)
  one.start()
  return { process: one, logged: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '') }
}

const ups = (log: string) => log.split('up\n').length - 1

test('a process that dies is started again', async () => {
  const { process: one, logged } = running('')
  await eventually(() => ups(logged()) === 1)
  const first = one.pid
  process.kill(first ?? 0, 'SIGKILL')
  await eventually(() => ups(logged()) === 2)
  notStrictEqual(one.pid, first)
  strictEqual(one.lastEnd, 'was killed by SIGKILL')
})

test('one that dies at once is tried less and less often', async () => {
  const { process: one, logged } = running(`console.log('up'); process.exit(3)`)
  const startedAt = performance.now()
  await eventually(() => ups(logged()) === 4)
  // 100 + 200 + 400 ms lie between four starts.
  strictEqual(performance.now() - startedAt > 700, true)
  strictEqual(one.lastEnd, 'exited with 3')
})

test('a stopped process stays stopped until it is started', async () => {
  const { process: one, logged } = running('')
  await eventually(() => ups(logged()) === 1)
  await one.stop(5_000)
  strictEqual(one.state, 'stopped')
  strictEqual(one.pid, null)
  one.start()
  await eventually(() => ups(logged()) === 2)
})

test('a process that ignores SIGTERM is killed', async () => {
  const { process: one, logged } = running(`process.on('SIGTERM', () => console.log('no'))`)
  await eventually(() => ups(logged()) === 1)
  await one.stop(200)
  strictEqual(one.pid, null)
  strictEqual(logged().includes('no\n'), true)
})

test('stopping one that waits for its restart cancels the restart', async () => {
  const { process: one, logged } = running(`console.log('up'); process.exit(3)`)
  await eventually(() => one.state === 'waiting')
  const before = ups(logged())
  await one.stop(500)
  strictEqual(one.state, 'stopped')
  strictEqual(ups(logged()), before)
})

test('a program that does not exist is reported, not thrown', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'supervised-'))
  folders.push(folder)
  const logFile = join(folder, 'log')
  const command = () => ({ file: '/nowhere/redis-server', args: [], env: {} })
  const one = supervise({ service: 'x', instance: 'x', port: 0, logFile, isNode: false, command })
  started.push(one)
  one.start()
  await eventually(() => /could not be started/.test(one.lastEnd ?? ''))
})
