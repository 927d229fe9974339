const whole = new Intl.NumberFormat('en')

/** `12,345` */
export const count = (n: number): string => whole.format(n)

/** `12,345 events`, `1 event` */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`

/** `0.3/s`, `42/s` */
export const perSecond = (n: number): string => `${n > 0 && n < 10 ? n.toFixed(1) : count(Math.round(n))}/s`

/** `12.3 MiB` */
export function bytes(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = n < 1 ? 0 : Math.min(Math.floor(Math.log2(n) / 10), units.length - 1)
  return `${(n / 2 ** (10 * power)).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}

/** `12.34 EUR` of 1234 */
export const money = (cents: number, currency: string): string => `${(cents / 100).toFixed(2)} ${currency}`
