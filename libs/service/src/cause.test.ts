import { expect, test } from 'vitest'
import { requestCause, requestScope } from './cause.ts'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('a request says why it writes', () => {
  const headers = {
    'x-command-id': 'create:1',
    'x-correlation-id': 'c-1',
    'x-actor': 'shop.admin',
    'x-expected-version': '7',
    traceparent,
  }
  expect(requestCause({ headers })).toEqual({
    commandId: 'create:1',
    correlationId: 'c-1',
    causationId: 'create:1',
    actor: 'shop.admin',
    expectedVersion: 7,
    traceparent,
  })
})

test('a request identifies the version it is meant for by number or token', () => {
  const expected = (named: string) =>
    requestCause({ headers: { 'x-expected-version': named } }).expectedVersion
  expect(expected('7')).toBe(7)
  expect(expected('7@1764237600000-0')).toBe('7@1764237600000-0')
  for (const other of ['', '7@', '7@1764237600000', '7-1764237600000-0', '@1764237600000-0', '7@1-0\n']) {
    expect(expected(other)).toBeUndefined()
  }
})

test('a request without headers is its own cause', () => {
  const cause = requestCause({ headers: {} })
  expect(cause.commandId).toMatch(/^[0-9a-f-]{14}7/)
  expect(cause).toEqual({
    commandId: cause.commandId,
    correlationId: cause.commandId,
    causationId: cause.commandId,
  })
  expect(requestCause({ headers: {} }).commandId).not.toBe(cause.commandId)
})

test('headers that could not be ours are not believed', () => {
  const headers = { 'x-command-id': 'a b\n', 'x-correlation-id': 'x'.repeat(129), traceparent: '00-1-2-3' }
  const cause = requestCause({ headers })
  expect(cause.commandId).not.toContain(' ')
  expect(cause.correlationId).toBe(cause.commandId)
  expect(cause).not.toHaveProperty('traceparent')
})

test('an actor may be any subject that a token names, in one line', () => {
  const actorOf = (named: string) => requestCause({ headers: { 'x-actor': named } }).actor
  for (const subject of ['auth0|5f7c', 'ada@example.com', 'https://id.example/ada', 'x'.repeat(255)])
    expect(actorOf(subject)).toBe(subject)
  for (const other of ['', 'a b', 'a\nb', 'é', 'x'.repeat(256)]) expect(actorOf(other)).toBeUndefined()
})

test('a request keeps its correlation id, or is given one', () => {
  expect(requestScope({ headers: { 'x-correlation-id': 'c-1' } })).toEqual({ correlationId: 'c-1' })
  const request = { headers: {} }
  expect(requestCause(request).correlationId).not.toBe(requestScope(request).correlationId)
  expect(requestCause(request).correlationId).toBe(requestScope(request).correlationId)
})

test('the trace id is read from the trace context', () => {
  expect(requestScope({ headers: { traceparent } }).traceId).toBe('0af7651916cd43dd8448eb211c80319c')
})
