// One shop serves all e2e files of a project: the first one that needs it starts it; it is stopped at the end, whatever has failed.
import type { TestProject } from 'vitest/node'
import { newSandbox, type Sandbox } from './sandbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    sandbox: Sandbox
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { sandbox, end } = await newSandbox(project.name, { ARCHIVE_SEAL_MS: '1000' })
  project.provide('sandbox', sandbox)
  return end
}
