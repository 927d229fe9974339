import { Link, useLocation } from 'wouter-preact'
import { signOut } from '../api/credential.ts'
import type { Me } from '../api/shapes.ts'
import { ThemeButton } from './theme.tsx'

const views = [
  { path: '/shop', title: 'Shop', isOfShop: true },
  { path: '/events', title: 'Events', isOfShop: false },
  { path: '/entities', title: 'Entities', isOfShop: false },
  { path: '/flow', title: 'Flow', isOfShop: false },
  { path: '/groups', title: 'Groups', isOfShop: false },
]

export function Header({ me }: { me: Me }) {
  return (
    <header class="top">
      <span class="brand">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 5h8M3 10h8M3 15h5" />
          <circle cx="16" cy="5" r="1.8" />
          <circle cx="13" cy="15" r="1.8" />
        </svg>
        {me.shop ? 'OrderShop' : 'Event store'}
      </span>
      <nav aria-label="Views">
        {views
          .filter(({ isOfShop }) => me.shop || !isOfShop)
          .map(({ path, title }) => (
            <NavLink key={path} path={path} title={title} />
          ))}
      </nav>
      <span class="who">
        {me.actor && <span title={`roles: ${me.roles.join(', ')}`}>{me.actor}</span>}
        {me.actor && (
          <button type="button" class="quiet" onClick={signOut}>
            Sign out
          </button>
        )}
        <ThemeButton />
      </span>
    </header>
  )
}

function NavLink({ path, title }: { path: string; title: string }) {
  const [here] = useLocation()
  const isHere = here.startsWith(path)
  return (
    <Link href={path} class={isHere ? 'here' : ''} {...(isHere ? { 'aria-current': 'page' } : {})}>
      {title}
    </Link>
  )
}
