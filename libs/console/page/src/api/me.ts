import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Me, Role } from './shapes.ts'

const nobody: Me = { auth: 'none', actor: null, roles: [], shop: false, trace_url: null, open_to_all: false }

/** Who asks, and what the server is: known before any view is shown. */
export const MeContext = createContext<Me>(nobody)

export function useMe(): Me & { may(role: Role): boolean } {
  const me = useContext(MeContext)
  return { ...me, may: (role) => me.roles.includes(role) }
}
