import { expect, test } from 'vitest'
import { createLog } from './log.ts'

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

test('lines below the level are not written', () => {
  const { log, lines } = capture('warn')
  log.info('quiet')
  log.warn('loud')
  expect(lines).toHaveLength(1)
})
