import { V7Generator } from 'uuidv7'

// Asked for many at a time: uuidv7's own source asks the system at every eighth, 8 % of a process that appends.
const randoms = new Uint32Array(1_024)
let used = randoms.length

function nextUint32(): number {
  if (used === randoms.length) {
    crypto.getRandomValues(randoms)
    used = 0
  }
  return randoms[used++] as number
}

const generator = new V7Generator({ nextUint32 })

/** Draws a UUID version 7 (RFC 9562), e.g. `0199c1e2-…`: unique everywhere, and increasing within a process. */
export const newId = (): string => generator.generate().toString()
