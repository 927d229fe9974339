import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalog, serviceNames, services } from '@ordershop/contracts'
import { AppError } from '@ordershop/core'
import { editsFor } from './edits.ts'
import { requireName } from './name.ts'
import { type NewService, spelledFor } from './spelling.ts'

const templates = resolve(import.meta.dirname, '../templates')

/** In the local shop the second instances' ports begin so far above the first ones'. */
const mostServices = 20

/** Every file as it will be, by its path from the root: nothing is written before all of it is known. */
export type Plan = ReadonlyMap<string, string>

/**
 * @param topic whose `…_created` it reacts to; without one it takes commands over HTTP.
 * @throws AppError saying what was met and expected, for a name that cannot be used or a place that was not found.
 */
export function planOf(root: string, name: string, topic?: string): { plan: Plan; port: number } {
  const kind = join(templates, topic ? 'reacting' : 'http')
  const files = globSync('**/*.{ts,md,json}', { cwd: kind })
  requireName(name, [...packagesIn(root), ...catalog.topics], codeAround(root, kind, files))
  const port = nextPort(name)
  const service: NewService = { name, port, ...(topic ? { topic } : {}) }
  const spelled = spelledFor(service)
  const plan = new Map<string, string>()
  for (const file of files) {
    if (existsSync(join(root, spelled(file))))
      throw new AppError('conflict', `new-service ${name}: ${spelled(file)} exists, expected a new file`)
    plan.set(spelled(file), spelled(read(kind, file)))
  }
  for (const [file, edits] of Object.entries(editsFor(service)))
    plan.set(
      file,
      edits.reduce((text, edit) => edit(text, file), read(root, file)),
    )
  return { plan, port }
}

function packagesIn(root: string): string[] {
  const manifests = globSync('{libs,services,tools,charts,.}/*/package.json', { cwd: root })
  return manifests.map((file) => JSON.parse(read(root, file)).name.replace('@ordershop/', ''))
}

/** The code in which a name must be new: its templates, without the made-up one, and what it is added to. */
function codeAround(root: string, kind: string, files: readonly string[]): string[] {
  const without = spelledFor({ name: '', port: 0, topic: '' })
  return [
    ...files.filter((file) => file.endsWith('.ts')).map((file) => without(read(kind, file))),
    ...['index', 'catalog', 'examples'].map((file) => read(root, `libs/contracts/src/${file}.ts`)),
  ]
}

function nextPort(name: string): number {
  const port = 1 + Math.max(...serviceNames.map((known) => services[known].port))
  if (port < services.gateway.port + mostServices) return port
  throw new AppError(
    'conflict',
    `new-service ${name}: got ${port} as next port, expected at most ${mostServices} services`,
  )
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}
