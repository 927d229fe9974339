import { useCallback } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'

type Changes = Readonly<Record<string, string | undefined>>

/** What the address says behind `?`, and how to change it: filters and times are in it, so that a view can be shared. */
export function useQuery(): {
  get(name: string): string
  change(changes: Changes, options?: { replace?: boolean }): void
  with(changes: Changes): string
} {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const query = new URLSearchParams(search)
  const changed = useCallback(
    (changes: Changes) => {
      const next = new URLSearchParams(search)
      for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
      const text = next.toString()
      return text ? `${path}?${text}` : path
    },
    [search, path],
  )
  return {
    get: (name) => query.get(name) ?? '',
    change: (changes, options) => navigate(changed(changes), options),
    with: changed,
  }
}
