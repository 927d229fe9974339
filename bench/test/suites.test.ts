import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')

function bench(suite: string) {
  const env = { ...process.env, SCALE: '0.02', ROUNDS: '1' }
  return promisify(execFile)(process.execPath, [main, suite], { env })
}

test.each([
  ['append', ['ours', 'raw', 'BullMQ', 'Emmett, in memory']],
  ['consume', ['ours', 'raw', 'BullMQ']],
  ['replay', ['ours', 'raw', 'replay']],
  ['latency', ['ours', 'raw', 'BullMQ']],
  ['scale', ['4 members', '2 members', '1 member']],
  ['http', ['ours', 'Express echo', 'not signed']],
  ['orders', ['one hot product', '1,000 products']],
  ['growth', ['20,000 events', '2,000 events', '200 events', 'raw']],
])('the bench of %s measures each that it compares', async (suite, contenders) => {
  const { stdout } = await bench(suite)
  const [head = [], , ...rows] = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  for (const name of contenders) expect(head).toContain(name)
  expect(rows.length).toBeGreaterThan(0)
  expect(stdout).not.toMatch(/NaN|Infinity/)
})

test('an unknown suite is refused with a list of the known ones', async () => {
  await expect(bench('speed')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/found no suite speed, expected some of: append, consume/),
  })
})
