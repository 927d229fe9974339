import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../root.ts'
import { needStarlark } from './tilt.ts'
import { planOf } from './tilt-plan.ts'

const app = mkdtempSync(join(tmpdir(), 'ordershop-live-update-'))
const edited = mkdtempSync(join(tmpdir(), 'ordershop-edited-'))
afterAll(() => {
  for (const folder of [app, edited]) rmSync(folder, { recursive: true, force: true })
})

beforeAll(needStarlark, 180_000)

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

/** What Tilt runs in a container: the files are replaced, then comes what the Tiltfile says. */
function liveUpdate(commands: readonly string[], file: string, text: string): void {
  write(edited, file, text)
  const archive = execFileSync('tar', ['-C', edited, '-c', '-f', '-', file])
  execFileSync('tar', ['-C', app, '-x', '-f', '-'], { input: archive })
  for (const command of commands) execFileSync('sh', ['-c', inOurFolder(command)])
}

function inOurFolder(word: string): string {
  return word.replaceAll('/app/', `${app}/`)
}

/** The `run` steps of the image of order. */
async function commandsOfTiltfile(): Promise<string[]> {
  const { images } = await planOf()
  const steps = images.find(({ ref }) => ref === 'ordershop/order')?.live_update ?? []
  return steps.flatMap((step) => (step.kind === 'run' ? [step.cmd] : []))
}

/** A service and a lib that it imports, laid out as in the image. */
function makeWorkspace(): void {
  write(
    app,
    'libs/core/package.json',
    '{ "name": "@ordershop/core", "type": "module", "exports": "./src/index.ts" }',
  )
  write(app, 'libs/core/src/index.ts', 'export const lib: string = "lib 0"')
  write(app, 'services/order/package.json', '{ "type": "module" }')
  write(app, 'services/order/src/domain.ts', 'export const domain: string = "domain 0"')
  const main = `
    import { lib } from '@ordershop/core'
    import { domain } from './domain.ts'
    console.log('started with', lib, 'and', domain)
    setInterval(() => {}, 60_000)`
  write(app, 'services/order/src/main.ts', main)
  mkdirSync(join(app, 'services/order/node_modules/@ordershop'), { recursive: true })
  symlinkSync('../../../../libs/core', join(app, 'services/order/node_modules/@ordershop/core'))
}

/** The stage of the image that is built for development: ENTRYPOINT and CMD in our folder, which has what it touches. */
function devCommand(): string[] {
  const stage = readFileSync(join(root, 'Dockerfile'), 'utf8').match(/ AS dev\n([\s\S]*?)\nFROM /)?.[1] ?? ''
  for (const [, file = ''] of stage.matchAll(/touch (\S+)/g)) writeFileSync(inOurFolder(file), '')
  const words = (instruction: string): string[] =>
    JSON.parse(stage.match(new RegExp(`^${instruction} (\\[.*\\])$`, 'm'))?.[1] ?? '[]')
  const [, ...args] = [...words('ENTRYPOINT'), ...words('CMD')]
  return args.map(inOurFolder)
}

test('the process of a service starts again at every live update, of its own files and of a lib', async () => {
  const commands = await commandsOfTiltfile()
  makeWorkspace()
  const service = spawn(process.execPath, devCommand(), { cwd: join(app, 'services/order') })
  let said = ''
  for (const stream of [service.stdout, service.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const started = (what: string) =>
    eventually(() => expect(said).toContain(`started with ${what}\n`), { withinMs: 30_000, everyMs: 50 })
  try {
    await started('lib 0 and domain 0')
    for (const n of [1, 2, 3]) {
      liveUpdate(commands, 'libs/core/src/index.ts', `export const lib: string = "lib ${n}"`)
      await started(`lib ${n} and domain ${n - 1}`)
      liveUpdate(commands, 'services/order/src/domain.ts', `export const domain: string = "domain ${n}"`)
      await started(`lib ${n} and domain ${n}`)
    }
  } finally {
    service.kill()
  }
}, 240_000)
