const quietMs = 2_000
const plainEveryMs = 10_000

/** Runs `work`; from two seconds on it shows how long that has taken and what it waits for. */
export async function withProgress<T>(
  label: string,
  work: (waitsFor: (what: string) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now()
  let waitsFor = ''
  const show = (end: string) => {
    const seconds = Math.round((performance.now() - started) / 1_000)
    process.stderr.write(`${label} … ${seconds} s${waitsFor && `, waiting for ${waitsFor}`}${end}`)
  }
  let shown = false
  const draw = () => {
    if (process.stderr.isTTY) {
      process.stderr.write('\r\x1b[K')
      show('')
    } else show('\n')
    shown = true
  }
  let timer = setTimeout(() => {
    draw()
    timer = setInterval(draw, process.stderr.isTTY ? 500 : plainEveryMs)
  }, quietMs)
  try {
    return await work((what) => {
      waitsFor = what
    })
  } finally {
    clearTimeout(timer)
    if (shown && process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  }
}
