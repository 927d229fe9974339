import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { inScope } from './scope.ts'

function capture(level?: string) {
  const lines: string[] = []
  const log = createLog(
    { service: 'order', instance: 'order-1', ...(level ? { level } : {}) },
    { write: (line) => void lines.push(line) },
  )
  return { log, lines }
}

test('a line is one JSON object that names service and instance', () => {
  const { log, lines } = capture()
  log.info({ correlationId: 'c1' }, 'hello')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    service: 'order',
    instance: 'order-1',
    correlationId: 'c1',
    msg: 'hello',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  })
})

test('passwords are not written, in fields, messages or stacks', () => {
  const { log, lines } = capture()
  const url = 'redis://shop:hunter2@10.0.0.1:6379/0'
  log.info(
    { password: 'hunter2', redis: { password: 'hunter2' }, headers: { authorization: 'hunter2' } },
    `at ${url}`,
  )
  log.error({ err: new Error(`cannot reach ${url}`) }, 'failed')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('hunter2')
  expect(lines.join('')).toContain('redis://shop:***@10.0.0.1:6379/0')
})

test('a secret is never logged, wherever it is, nor the command attached to an ioredis error', () => {
  const { log, lines } = capture()
  const refused = Object.assign(new Error('WRONGPASS'), {
    command: { name: 'auth', args: ['shop', 'hunter2'] },
  })
  log.info(
    { request: { headers: { cookie: 'hunter2', authorization: 'hunter2' } }, token: 'hunter2' },
    'asked',
  )
  log.error({ error: new Error('cannot connect', { cause: refused }) }, 'failed')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('hunter2')
  expect(JSON.parse(lines[1] ?? '').error).toMatchObject({
    message: 'cannot connect',
    cause: { type: 'Error', message: 'WRONGPASS', stack: expect.stringContaining('log.test.ts') },
  })
})

test('every line that is written while something is worked on names it', async () => {
  const { log, lines } = capture()
  await inScope({ correlationId: 'c1', traceId: 't1' }, async () => {
    log.info('begins')
    await new Promise(setImmediate)
    log.child({ part: 'inner' }).warn({ more: 1 }, 'goes on')
  })
  log.info('something else')
  const ids = lines
    .map((line) => JSON.parse(line))
    .map(({ correlationId, traceId }) => [correlationId, traceId])
  expect(ids).toEqual([
    ['c1', 't1'],
    ['c1', 't1'],
    [undefined, undefined],
  ])
})

test('lines below the level are not written', () => {
  const { log, lines } = capture('warn')
  log.info('quiet')
  log.warn('loud')
  expect(lines).toHaveLength(1)
})
