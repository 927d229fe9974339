// One shop serves all e2e files: the first one that needs it starts it; it is stopped at the end, whatever has failed.
import type { TestProject } from 'vitest/node'
import { ownPlace, type Place } from './sandbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    place: Place
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { place, end } = await ownPlace('e2e')
  project.provide('place', place)
  return end
}
