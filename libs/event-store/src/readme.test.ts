import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the example in the README runs, and prints what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  const said = [...example.matchAll(/console\.log.* \/\/ (.*)/g)].map(([, line]) => line)
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const args = ['--input-type=module-typescript', '--eval', example]
  const printed = execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })
  expect(said).toHaveLength(3)
  expect(printed.trim().split('\n')).toEqual(said)
})
