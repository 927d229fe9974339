import { AppError } from '@ordershop/core'

const currencyUnits = /^(\d+)(?:\.(\d{1,2}))?$/

/** Whether a number is a price in currency units with at most two decimals, e.g. `19.99` but not `19.999`. */
export function isPrice(price: number): boolean {
  return currencyUnits.test(String(price))
}

/**
 * Converts currency units into integer cents, by digits and not by multiplying: `1.15 * 100` is 114.99999999999999.
 *
 * @example centsOf(19.99) // 1999
 * @throws AppError `invalid` for a negative price or more than two decimals.
 */
export function centsOf(price: number): number {
  const [, units, decimals = ''] = currencyUnits.exec(String(price)) ?? []
  if (units === undefined) {
    throw new AppError(
      'invalid',
      `price ${price}: expected currency units with at most two decimals, e.g. 19.99`,
    )
  }
  return Number(units) * 100 + Number(decimals.padEnd(2, '0'))
}

/** Converts integer cents into currency units, e.g. 1999 into 19.99. */
export function priceOf(cents: number): number {
  return cents / 100
}
