/** The value below which that share (0 to 1) of the values lies; one of them, so nothing is made up between two. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] as number
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
