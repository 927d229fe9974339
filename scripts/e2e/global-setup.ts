// One shop serves all e2e files: the first one that needs it starts it; it is stopped at the end, whatever has failed.
import { fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { endShop, freePortBase, type Place } from './place.ts'

declare module 'vitest' {
  interface ProvidedContext {
    place: Place
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = { dir: mkdtempSync(join(tmpdir(), 'ordershop-e2e-')), portBase: await freePortBase() }
  project.provide('place', place)
  const keeper = fork(new URL('./end-with-tests.ts', import.meta.url), [place.dir, String(place.portBase)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return async () => {
    await endShop(place)
    keeper.kill()
  }
}
