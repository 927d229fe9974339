// What preact/compat's lazy and Suspense do for a view that is loaded when first shown, without the weight of the rest.
import { type ComponentChildren, type ComponentType, createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'

const Fallback = createContext<ComponentChildren>(null)

export function Suspense({
  fallback,
  children,
}: {
  fallback: ComponentChildren
  children: ComponentChildren
}) {
  return <Fallback.Provider value={fallback}>{children}</Fallback.Provider>
}

/** A view of a file of its own. Should the file not come, e.g. because a new build has replaced it, the page is loaded anew, once. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return (props: Props) => {
    const fallback = useContext(Fallback)
    const [, redraw] = useState(0)
    useEffect(() => {
      if (loaded) return
      load().then((view) => {
        loaded = view
        redraw((n) => n + 1)
      }, reloadOnce)
    }, [])
    const View = loaded
    return View ? <View {...props} /> : fallback
  }
}

function reloadOnce(error: unknown): void {
  const mark = 'console-reloaded'
  if (sessionStorage.getItem(mark)) throw error
  sessionStorage.setItem(mark, 'yes')
  location.reload()
}
