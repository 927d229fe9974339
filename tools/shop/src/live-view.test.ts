import { expect, test } from 'vitest'
import { liveView } from './live-view.ts'

function terminal() {
  const written: string[] = []
  return { written, columns: 5, rows: 3, write: (text: string) => void written.push(text) }
}

test('a view is drawn anew, cut to the terminal, until it is ended; then the terminal is as it was', async () => {
  const screen = terminal()
  const ended = new AbortController()
  let drawn = 0
  const draw = async () => {
    if (++drawn === 3) ended.abort()
    return `${drawn}234567\nb\nc`
  }
  const view = liveView(screen, draw, { signal: ended.signal, everyMs: 5 })
  expect(await view).toBe('3234567\nb\nc')
  expect(screen.written[0]).toBe('\x1b[?1049h\x1b[?25l')
  expect(screen.written.slice(1, -1)).toEqual([1, 2, 3].map((n) => `\x1b[H\x1b[J${n}2345\nb`))
  expect(screen.written.at(-1)).toBe('\x1b[?25h\x1b[?1049l')
})

test('the terminal is as it was also when nothing can be drawn', async () => {
  const screen = terminal()
  const draw = () => Promise.reject(new Error('nothing to draw'))
  await expect(liveView(screen, draw, { signal: new AbortController().signal })).rejects.toThrow(
    'nothing to draw',
  )
  expect(screen.written.at(-1)).toBe('\x1b[?25h\x1b[?1049l')
})
