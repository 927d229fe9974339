// The keys by which processes of the shop know each other: made, and exchanged for new ones without a gap.
import { AppError } from '@ordershop/core'
import { hasKeys, keyFiles, keySteps, newKeys, readKeys, writeKeys } from '@ordershop/shop'
import type { Report } from './command.ts'

/** A line for each key of a folder that had none. */
export function createKeys(folder: string): Report {
  if (hasKeys(folder))
    throw new AppError(
      'conflict',
      `signing-keys new: ${folder} has ${keyFiles.gatewaySigning} already, expected none`,
    )
  writeKeys(folder, newKeys())
  return keysReport(folder)
}

/** A line for each key that there is after a step of their exchange. */
export function changeKeys(step: keyof typeof keySteps, folder: string): Report {
  const { gateway, reader } = readKeys(folder)
  writeKeys(folder, { gateway: keySteps[step](gateway), reader: keySteps[step](reader) })
  return keysReport(folder)
}

function keysReport(folder: string): Report {
  const rows = Object.entries(readKeys(folder)).flatMap(([of, keys]) =>
    keys.map(({ kid }, at) => ({ of, key: kid, signs: at === 0 ? 'yes' : 'no' })),
  )
  return { rows }
}
