// The client as somebody has it who has not this repository: packed, installed in a folder of its own, compiled and run.
import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { root } from '../root.ts'
import { openShop } from './shop.ts'

const shop = await openShop()
const folder = mkdtempSync(join(tmpdir(), 'ordershop-client-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (cwd: string, command: string, ...args: string[]) =>
  (await promisify(execFile)(command, args, { cwd, env: { ...process.env, SHOP_URL: shop.gatewayUrl() } }))
    .stdout

/** Where a dependency of a package lies on this machine, so that nothing is fetched. */
function installed(from: string, name: string): string {
  const beside = join(from, 'node_modules', name)
  return existsSync(beside) ? realpathSync(beside) : realpathSync(join(dirname(realpathSync(from)), name))
}

async function install(): Promise<void> {
  const client = join(root, 'libs/client')
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  await run(client, 'npx', '-y', packageManager, 'pack', '--pack-destination', folder)
  const [tarball] = readdirSync(folder)
  const openapiFetch = installed(client, 'openapi-fetch')
  const dependencies = {
    '@ordershop/client': `file:${tarball}`,
    'openapi-fetch': `file:${openapiFetch}`,
    'openapi-typescript-helpers': `file:${installed(openapiFetch, 'openapi-typescript-helpers')}`,
    'eventsource-parser': `file:${installed(client, 'eventsource-parser')}`,
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await run(folder, 'npm', 'install', '--offline', '--install-links', '--no-audit', '--no-fund')
  // Of a folder npm takes what its package.json names, and that forgets its declarations.
  const helpers = installed(openapiFetch, 'openapi-typescript-helpers')
  cpSync(helpers, join(folder, 'node_modules/openapi-typescript-helpers'), { recursive: true })
}

test('the packed client compiles and runs the example of its README in a folder of its own', async () => {
  await install()
  const readme = readFileSync(join(root, 'libs/client/README.md'), 'utf8')
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  const ours = example.replace("'http://127.0.0.1:5000'", 'String((globalThis as any).process.env.SHOP_URL)')
  expect(ours).not.toBe(example)
  writeFileSync(join(folder, 'example.ts'), ours)
  const options = [
    '--strict',
    '--target',
    'es2024',
    '--module',
    'nodenext',
    '--types',
    '',
    '--lib',
    'es2024,dom',
  ]
  await run(folder, join(root, 'node_modules/.bin/tsc'), ...options, 'example.ts')
  const printed = await run(folder, process.execPath, 'example.js')
  const said = [...example.matchAll(/console\.log.* \/\/ (.*)/g)].map(([, line]) => line)
  expect(said).toHaveLength(4)
  expect(printed.trim().split('\n')).toEqual(said)
})
