import { AppError } from '@ordershop/core'

/** Reads `host:port`. @throws AppError `invalid` for anything else. */
export function hostAndPort(address: string): { host: string; port: number } {
  const match = /^(.+):(\d{1,5})$/.exec(address)
  if (!match) throw new AppError('invalid', `connect to Redis: '${address}', expected host:port`)
  return { host: match[1] as string, port: Number(match[2]) }
}
