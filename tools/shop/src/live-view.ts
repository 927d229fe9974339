import { setTimeout as delay } from 'node:timers/promises'

/** Where a live view is drawn: `process.stdout`, if it is a terminal. */
export type Terminal = {
  write(text: string): unknown
  readonly columns: number
  readonly rows: number
}

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html: the alternate screen leaves what was there untouched.
const enter = '\x1b[?1049h\x1b[?25l'
const leave = '\x1b[?25h\x1b[?1049l'
const redraw = '\x1b[H\x1b[J'

/**
 * Shows what `draw` gives, again every `everyMs`, on a screen of its own until `signal` ends it; then the terminal is as
 * it was before, also when `draw` throws.
 *
 * @returns what was shown last.
 */
export async function liveView(
  terminal: Terminal,
  draw: () => Promise<string>,
  { signal, everyMs = 1_000 }: { signal: AbortSignal; everyMs?: number },
): Promise<string> {
  let shown = ''
  terminal.write(enter)
  try {
    while (!signal.aborted) {
      shown = await draw()
      terminal.write(redraw + fitted(shown, terminal))
      await delay(everyMs, undefined, { signal }).catch(() => {})
    }
  } finally {
    terminal.write(leave)
  }
  return shown
}

/** A line too long would wrap, and one too many would scroll: each would move all that follows. */
function fitted(text: string, { columns, rows }: Terminal): string {
  const lines = text.split('\n').slice(0, rows - 1)
  return lines.map((line) => line.slice(0, columns)).join('\n')
}
