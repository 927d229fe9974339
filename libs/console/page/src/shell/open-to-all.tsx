import { useState } from 'preact/hooks'
import type { Me } from '../api/shapes.ts'

const name = 'console-open-seen'

/** Says that nobody is asked who they are. Where others can reach it, too, that cannot be put away. */
export function OpenToAll({ me }: { me: Me }) {
  const [isSeen, setSeen] = useState(sessionStorage.getItem(name) !== null)
  if (me.auth !== 'none' || (isSeen && !me.open_to_all)) return null
  const hide = () => {
    sessionStorage.setItem(name, 'yes')
    setSeen(true)
  }
  return (
    <aside class={me.open_to_all ? 'banner bad' : 'banner'} aria-label="Authentication is off">
      <span>
        {me.open_to_all
          ? 'No authentication, and open to the network: whoever reaches this port may read and change everything.'
          : 'No authentication: whoever can reach this port of your machine may read and change everything.'}
      </span>
      {!me.open_to_all && (
        <button type="button" class="quiet" onClick={hide}>
          Hide
        </button>
      )}
    </aside>
  )
}
