import { expect, test } from 'vitest'
import { messageParser } from './server-sent.ts'

test('messages are whole however the text is cut', () => {
  const text = ': beat\n\nid: a\ndata: {"n":1}\n\nevent: ready\ndata: {}\n\nid: b\ndata: x\ndata: y\n\n'
  const expected = [
    { event: 'message', data: '{"n":1}', id: 'a' },
    { event: 'ready', data: '{}' },
    { event: 'message', data: 'x\ny', id: 'b' },
  ]
  for (const size of [1, 2, 3, 7, text.length]) {
    const parse = messageParser()
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    expect(pieces.flatMap(parse)).toEqual(expected)
  }
})

test('a message without its end is not told', () => {
  expect(messageParser()('id: a\ndata: 1\n')).toEqual([])
})

test('lines may end in carriage returns, cut in two as well', () => {
  const parse = messageParser()
  expect([...parse('data: 1\r\n\r'), ...parse('\ndata: 2\r\n\r\n')].map(({ data }) => data)).toEqual([
    '1',
    '2',
  ])
})
