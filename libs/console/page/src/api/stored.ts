import { useEffect, useState } from 'preact/hooks'

/** A value that several parts of the page look at; they are drawn anew when it is set. */
export type Stored<T> = { get(): T; set(value: T): void; subscribe(changed: () => void): () => void }

export function stored<T>(initial: T): Stored<T> {
  let value = initial
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const changed of watchers) changed()
    },
    subscribe(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

export function useStored<T>(store: Stored<T>): T {
  const [value, setValue] = useState(store.get())
  useEffect(() => {
    setValue(() => store.get())
    return store.subscribe(() => setValue(() => store.get()))
  }, [store])
  return value
}
