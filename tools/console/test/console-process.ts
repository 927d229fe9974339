import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const main = join(import.meta.dirname, '../src/main.ts')

/** The console as a process of its own, which ends with the test; or what it says when it does not start. */
export async function startConsole(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', OPERATOR: 'ada', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill())
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    const port = /"port":(\d+)/.exec(said)?.[1]
    if (port !== undefined) {
      child.stdout.resume()
      return { said, ask: asking(`http://127.0.0.1:${port}`) }
    }
  }
  return { said, ask: asking('http://127.0.0.1:9') }
}

function asking(url: string) {
  return async (
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const json = body ? { 'content-type': 'application/json' } : {}
    const sent = body ? { body: JSON.stringify(body) } : {}
    const response = await fetch(url + path, { method, headers: { ...json, ...headers }, ...sent })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, body: text && JSON.parse(text) }
  }
}
