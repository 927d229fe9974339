// Where a value may have come to that nobody but its owner is to see.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passwords and private keys that a local shop has made for itself. */
export function secretsIn(dir: string): string[] {
  const passwords = textsIn(join(dir, 'redis-users')).map(({ text }) => text.trim())
  const keys = textsIn(join(dir, 'keys')).flatMap(({ text }) => [...text.matchAll(/"d"\s*:\s*"([^"]+)"/g)])
  return [...passwords, ...keys.map(([, d = '']) => d)]
}

/** What the processes of a local shop have written to their logs, by file. */
export const logsIn = (dir: string) => textsIn(join(dir, 'logs'))

/** Where any of the values are told, e.g. `crm-1.log: zenobia@…`; each text is looked through without regard to case. */
export function toldIn(
  texts: readonly { readonly name: string; readonly text: string }[],
  values: readonly string[],
): string[] {
  return texts.flatMap(({ name, text }) =>
    values
      .filter((value) => text.toLowerCase().includes(value.toLowerCase()))
      .map((value) => {
        const at = text.toLowerCase().indexOf(value.toLowerCase())
        return `${name}: …${text.slice(Math.max(0, at - 120), at + value.length + 20)}`
      }),
  )
}

function textsIn(folder: string): { name: string; text: string }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return files.map(({ name, parentPath }) => ({ name, text: readFileSync(join(parentPath, name), 'utf8') }))
}
