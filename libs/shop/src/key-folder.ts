// The keys of one shop as files, as each process finds the one or two that it needs: the chart's Secret has the same.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@ordershop/core'
import {
  newSigningKey,
  type PublicKey,
  publicKeyOf,
  type SigningKey,
  signingKeysIn,
} from '@ordershop/service'

/** Who holds which: the gateway signs commands; whoever else reads the archive over HTTP signs that, and cannot sign a command. */
export const keyFiles = {
  /** Private keys, the gateway's alone. */
  gatewaySigning: 'gateway-signing.json',
  /** Private keys of those who read the archive over HTTP. */
  readerSigning: 'reader-signing.json',
  /** Public keys of who may send commands: the gateway. */
  commandCallers: 'command-callers.json',
  /** Public keys of who may read the archive: the gateway and the readers. */
  archiveCallers: 'archive-callers.json',
} as const

type KeyFile = keyof typeof keyFiles

/** Of each kind, those that may sign, the first of which does. */
export type Keys = { readonly gateway: readonly SigningKey[]; readonly reader: readonly SigningKey[] }

/** Keys of a new shop. */
export function newKeys(): Keys {
  return { gateway: [newSigningKey()], reader: [newSigningKey()] }
}

type Step = (keys: readonly SigningKey[]) => readonly SigningKey[]

/**
 * From old keys to new ones without a request being refused, if every process has read each step before the next: `add`
 * makes a new key known, `use` signs with it, `retire` forgets all others.
 */
export const keySteps = {
  add: (keys) => [...keys, newSigningKey()],
  use: (keys) => [...keys.slice(-1), ...keys.slice(0, -1)],
  retire: (keys) => keys.slice(0, 1),
} as const satisfies Readonly<Record<string, Step>>

/** Whether a folder has keys. */
export function hasKeys(folder: string): boolean {
  return existsSync(join(folder, keyFiles.gatewaySigning))
}

/** @throws AppError `invalid` naming a file that has no private keys; an error of the file system if it is not there. */
export function readKeys(folder: string): Keys {
  const signing = (file: string) => {
    try {
      return signingKeysIn(readFileSync(join(folder, file), 'utf8'))
    } catch (error) {
      if (error instanceof AppError) throw new AppError(error.code, `${join(folder, file)}: ${error.message}`)
      throw error
    }
  }
  return { gateway: signing(keyFiles.gatewaySigning), reader: signing(keyFiles.readerSigning) }
}

/** Writes all four files, for nobody else to read. */
export function writeKeys(folder: string, { gateway, reader }: Keys): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const write = (file: KeyFile, keys: readonly PublicKey[]) => {
    const path = join(folder, keyFiles[file])
    // Whoever reads it meanwhile gets the whole of one or the other.
    writeFileSync(`${path}.new`, `${JSON.stringify({ keys })}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  // Known before they sign.
  write('commandCallers', gateway.map(publicKeyOf))
  write('archiveCallers', [...gateway, ...reader].map(publicKeyOf))
  write('gatewaySigning', gateway)
  write('readerSigning', reader)
}
