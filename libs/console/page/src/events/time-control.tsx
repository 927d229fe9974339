import { useId } from 'preact/hooks'

/** Live, or the events from a time on. */
export function TimeControl({ at, jump }: { at: string; jump(time: string | undefined): void }) {
  const id = useId()
  const go = (event: Event & { currentTarget: HTMLInputElement }) => {
    const time = new Date(event.currentTarget.value)
    if (!Number.isNaN(time.getTime())) jump(time.toISOString())
  }
  return (
    <fieldset class="time">
      <legend class="sr">Time</legend>
      <button type="button" aria-pressed={!at} onClick={() => jump(undefined)}>
        Live
      </button>
      <label for={id}>From</label>
      <input id={id} type="datetime-local" step="1" value={at ? localTime(at) : ''} onChange={go} />
    </fieldset>
  )
}

/** What an input of type datetime-local takes. */
function localTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
