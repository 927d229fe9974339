import { useEffect, useRef, useState } from 'preact/hooks'
import { credential } from '../api/credential.ts'
import type { Recorded } from '../api/shapes.ts'
import { useStored } from '../api/stored.ts'
import { type TailState, tail } from '../api/tail.ts'
import { tailBuffer } from './tail-buffer.ts'

/** Kept of a tail, so that hours of it take no more memory than a minute. */
const kept = 500
/** Drawn while it moves: more cannot be read. All that is kept is drawn while it is held. */
const drawnLive = 60
const drawEveryMs = 100

export type Tail = {
  readonly state: TailState
  readonly events: readonly Recorded[]
  readonly seen: number
  /** How many have come that are not shown, because it is held. */
  readonly behind: number
  readonly perSecond: number
}

const nothing: Tail = { state: { is: 'connecting' }, events: [], seen: 0, behind: 0, perSecond: 0 }

/** A live tail; `null` follows nothing. While it is held its list stands still, and events are counted and kept all the same. */
export function useTail(query: string | null, isHeld: boolean): Tail {
  const [shown, setShown] = useState(nothing)
  const held = useRef(isHeld)
  held.current = isHeld
  const draw = useRef<() => void>()
  const secret = useStored(credential)
  // another credential is a reason to begin anew
  useEffect(() => {
    setShown(nothing)
    if (query === null) return
    const stop = new AbortController()
    const buffer = tailBuffer(kept)
    let state: TailState = { is: 'connecting' }
    let wasHeld = false
    let frozen: readonly Recorded[] = []
    let frozenAt = 0
    let drawn = ''
    draw.current = () => {
      const isNowHeld = held.current
      if (isNowHeld && !wasHeld) [frozen, frozenAt] = [buffer.newest(kept), buffer.seen]
      wasHeld = isNowHeld
      const perSecond = buffer.rate(Date.now())
      const is = `${state.is} ${buffer.seen} ${perSecond} ${isNowHeld}`
      if (is === drawn) return
      drawn = is
      const events = isNowHeld ? frozen : buffer.newest(drawnLive)
      setShown({
        state,
        events,
        seen: buffer.seen,
        behind: isNowHeld ? buffer.seen - frozenAt : 0,
        perSecond,
      })
    }
    tail(
      query,
      {
        event: (recorded) => buffer.add(recorded, Date.now()),
        state: (next) => {
          state = next
        },
      },
      stop.signal,
    )
    const timer = setInterval(() => draw.current?.(), drawEveryMs)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [query, secret])
  useEffect(() => draw.current?.(), [isHeld])
  return shown
}
