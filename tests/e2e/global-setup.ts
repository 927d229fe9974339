// One shop serves all e2e files of a project: the first one that needs it starts it; it is stopped at the end, whatever has failed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { newSandbox, type Sandbox } from './sandbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    sandbox: Sandbox
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Callers may say who they are; no key is listed until a test adds one.
  const keys = mkdtempSync(join(tmpdir(), 'ordershop-keys-'))
  const AUTH_API_KEYS_FILE = join(keys, 'api-keys')
  writeFileSync(AUTH_API_KEYS_FILE, '')
  const TRACE_URL = 'http://traces.example/{trace_id}'
  const env = { ARCHIVE_SEAL_MS: '1000', AUTH: 'optional', AUTH_API_KEYS_FILE, TRACE_URL }
  const { sandbox, end } = await newSandbox(project.name, env)
  project.provide('sandbox', sandbox)
  return async () => {
    await end()
    rmSync(keys, { recursive: true })
  }
}
