// Contenders are measured in turn, round after round, so that a machine that slows down slows all of them.
import { median } from './quantile.ts'

/** One way to do a thing. `run` prepares what it needs, does it, and returns how fast: by convention more is better. */
export type Contender = { readonly name: string; readonly run: () => Promise<number> }

export type Case = {
  readonly name: string
  /** Of every figure, e.g. `events/s`. */
  readonly unit: string
  /** Ours first, then those that it is compared with. */
  readonly contenders: readonly Contender[]
  /** The least that ours should be, as a multiple of the contender's of that name. */
  readonly atLeast?: Readonly<Record<string, number>>
}

/** A contender's figures; `ratio` is ours divided by its own, round by round. */
export type Figures = {
  readonly name: string
  readonly median: number
  readonly ratio?: { readonly median: number; readonly min: number; readonly max: number }
  readonly atLeast?: number
}

export type Result = {
  readonly suite: string
  readonly name: string
  readonly unit: string
  readonly rounds: number
  readonly figures: readonly Figures[]
}

/** How long and how often; the environment may shorten a run to see whether it works at all. */
export const rounds = Number(process.env.ROUNDS ?? 5)
/** 1 = as published; less makes everything smaller and shorter. */
export const scale = Number(process.env.SCALE ?? 1)
export const scaled = (amount: number) => Math.max(1, Math.round(amount * scale))

/** Runs all contenders once to warm up, then `rounds` times, beginning with another one each time. */
export async function measure(suite: string, { name, unit, contenders, atLeast }: Case): Promise<Result> {
  const found = contenders.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    progress(`${suite}: ${name}: ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`)
    for (let k = 0; k < contenders.length; k++) {
      const turn = (k + round) % contenders.length
      const figure = await (contenders[turn] as Contender).run()
      if (round > 0) found[turn]?.push(figure)
    }
  }
  const figures = contenders.map((contender, k) =>
    figuresOf(contender.name, found[0] as number[], found[k] as number[], atLeast?.[contender.name]),
  )
  return { suite, name, unit, rounds, figures }
}

function figuresOf(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  atLeast: number | undefined,
): Figures {
  if (theirs === ours) return { name, median: median(ours) }
  const ratios = ours.map((value, round) => value / (theirs[round] as number))
  const ratio = { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
  return { name, median: median(theirs), ratio, ...(atLeast === undefined ? {} : { atLeast }) }
}

/** One line on standard error that the next replaces. */
export function progress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text}` : '')
}
