import { expect, test } from 'vitest'
import { markdown } from './report.ts'

const trend = { type: 'trend', contains: 'time', values: { 'p(95)': 12.345, 'p(99)': 300 } }
const rate = { type: 'rate', contains: 'default', values: { rate: 0.000123456 } }

test('each limit is told with what was measured and whether it held', () => {
  const text = markdown('smoke', 'short', {
    state: { testRunDurationMs: 15_400 },
    metrics: {
      http_req_duration: { ...trend, thresholds: { 'p(95)<100': { ok: true }, 'p(99)<250': { ok: false } } },
      http_req_failed: { ...rate, thresholds: { 'rate<0.001': { ok: true } } },
      vus: { type: 'gauge', contains: 'default', values: { value: 1 } },
    },
  })
  expect(text.split('\n')).toEqual([
    '## smoke, short, 15 s',
    '',
    '| what | limit | measured | held |',
    '|---|---|---|---|',
    '| http_req_duration | p(95)<100 | 12.3 ms | yes |',
    '| http_req_duration | p(99)<250 | 300.0 ms | **no** |',
    '| http_req_failed | rate<0.001 | 0.0001235 | yes |',
    '',
  ])
})
