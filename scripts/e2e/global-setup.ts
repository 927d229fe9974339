// One shop serves all e2e files: the first one that needs it starts it, this stops it, whatever has failed.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { root } from '../src/settings.ts'
import { freePortBase, type Place, shopCommand } from './place.ts'

declare module 'vitest' {
  interface ProvidedContext {
    place: Place
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = { dir: mkdtempSync(join(tmpdir(), 'ordershop-e2e-')), portBase: await freePortBase() }
  project.provide('place', place)
  return async () => {
    await shopCommand(place, 'down')
    // What the processes have said is all there is to find out why a test has failed.
    const kept = join(root, '.test/e2e-logs')
    rmSync(kept, { recursive: true, force: true })
    if (existsSync(join(place.dir, 'logs'))) cpSync(join(place.dir, 'logs'), kept, { recursive: true })
    rmSync(place.dir, { recursive: true, force: true })
  }
}
