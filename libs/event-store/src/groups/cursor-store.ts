import type { RowWrite } from '../rows/row.ts'
import { type AdvanceOptions, advanceOnce, refuse, type Unparking } from './advance.ts'
import type { Cursor, Unpark } from './groups.ts'
import type { InHandWindow, Slot } from './window.ts'

/** Why an owner gave its partition up without being asked to. */
export type Loss = 'fenced' | 'stale' | 'fork' | 'reconnect' | 'expired'

/**
 * A cursor that takes no rows along is stored this often, in milliseconds: nobody waits for it, and one call for all
 * that has finished since is less work for both sides. Kafka's consumers do so each 5 s by default
 * (`auto.commit.interval.ms`). After a crash what has finished since then is handled once more.
 */
const restMs = 200

/** What the cursor of one owned partition needs. */
export type CursorStoreOptions = AdvanceOptions & {
  readonly start: Cursor
  readonly window: InHandWindow
  /** At so many events in hand, or more, whatever has finished is stored at once. 0: always. */
  readonly restsBelow: number
  /** These events are behind the cursor now. */
  readonly onStored: (slots: readonly Slot[]) => void
  /** An operator wants something done with parked keys. */
  readonly onAsked: () => void
  readonly onLost: (loss: Loss) => void
}

type Waiting = Unparking & { readonly settle: (done: boolean) => void }

const losses = { FENCED: 'fenced', STALE: 'stale', FORK: 'fork' } as const

/**
 * Stores how far one partition is handled: one `advance` at a time, each taking all that has finished meanwhile. An
 * advance whose answer was lost is sent again as it was; Redis answers OK to what it has done already.
 */
export function cursorStore(options: CursorStoreOptions) {
  const { lease, window, signal } = options
  let cursor = options.start
  let running = false
  let resting: NodeJS.Timeout | undefined
  let renewDue = false
  const unparkings: Waiting[] = []
  const confirming: ((ok: boolean) => void)[] = []

  function poke(): void {
    if (running || signal.aborted) return
    if (isUrgent()) start()
    else if (window.hasFinished()) resting ??= setTimeout(start, untilNextRest())
  }

  function start(): void {
    clearTimeout(resting)
    resting = undefined
    running = true
    // Not at once: what finishes in this turn of the event loop goes along.
    setImmediate(() => void pump())
  }

  async function pump(): Promise<void> {
    do if (!signal.aborted) await storeOnce()
    while (!signal.aborted && isUrgent())
    running = false
    if (!signal.aborted) return poke() // In the same turn, so that nothing can finish unseen between the two.
    for (const { settle } of unparkings.splice(0)) settle(false)
    for (const settle of confirming.splice(0)) settle(false)
  }

  const isUrgent = () =>
    renewDue ||
    unparkings.length > 0 ||
    confirming.length > 0 ||
    (window.hasFinished() && window.size() >= options.restsBelow)

  /** One advance with whatever there is. */
  async function storeOnce(): Promise<void> {
    const unparking = unparkings[0]
    const confirmed = confirming.splice(0)
    const slots = unparking ? [] : window.finished()
    renewDue = false
    const to = slots.at(-1)?.cursor ?? cursor
    const sentAt = performance.now()
    const answer = await advanceOnce(options, { from: cursor, to, slots, unparking })
    if (typeof answer === 'object' && !signal.aborted) {
      lease.renewed(sentAt)
      confirming.unshift(...confirmed) // by the next advance, which goes without those rows
      // An event that was being taken off its parked key stays there; one in hand is parked.
      if (unparking) unparkings.shift()?.settle(false)
      else refuse(options, answer, slots)
      return
    }
    const ok = !signal.aborted && (answer === 'OK' || answer === 'ASKED')
    for (const settle of confirmed) settle(ok)
    if (typeof answer !== 'string' || signal.aborted) return
    if (answer !== 'OK' && answer !== 'ASKED') {
      options.onLost(losses[answer])
      return
    }
    lease.renewed(sentAt)
    cursor = to
    window.drop(slots.length)
    if (slots.length > 0) options.onStored(slots)
    if (unparking) unparkings.shift()?.settle(true)
    if (answer === 'ASKED') options.onAsked()
  }

  const confirm = (): Promise<boolean> =>
    new Promise((settle) => {
      if (signal.aborted) return settle(false)
      confirming.push(settle)
      poke()
    })

  return {
    cursor: () => cursor,
    /** Something has finished. */
    poke,
    /** Renews the lease with the next advance, or with one of its own. */
    renew(): void {
      renewDue = true
      poke()
    },
    /** Takes one event off a parked key, with the rows it gave; false when the partition was lost first. */
    unpark: (unpark: Unpark, rows: readonly RowWrite[]): Promise<boolean> =>
      new Promise((settle) => {
        if (signal.aborted) return settle(false)
        unparkings.push({ unpark, rows, settle })
        poke()
      }),
    /** Renews the lease by a write that begins only now; false when the partition was lost first. */
    confirm,
    /** Resolves when all that has finished is stored, or the partition was lost. */
    async flush(): Promise<void> {
      while (window.hasFinished() && (await confirm()));
    },
  }
}

/** At the same moments for all partitions, so that their calls travel together. */
const untilNextRest = () => restMs - (performance.now() % restMs)

/** The cursor of one owned partition. */
export type CursorStore = ReturnType<typeof cursorStore>
