import { Redirect, Route, Router, Switch } from 'wouter-preact'
import { MeContext } from './api/me.ts'
import type { Me } from './api/shapes.ts'
import { type Known, useRead } from './api/use-read.ts'
import { EventsView } from './events/events-view.tsx'
import { Header } from './shell/header.tsx'
import { OpenToAll } from './shell/open-to-all.tsx'
import { SignIn } from './shell/sign-in.tsx'
import { Face, Loading } from './ui/face.tsx'
import { lazy, Suspense } from './ui/lazy.tsx'

const GroupsView = lazy(async () => (await import('./groups/groups-view.tsx')).GroupsView)
const ParkedView = lazy(async () => (await import('./groups/parked-view.tsx')).ParkedView)
const FlowView = lazy(async () => (await import('./flow/flow-view.tsx')).FlowView)
const ShopView = lazy(async () => (await import('./shop/shop-view.tsx')).ShopView)
const EntityView = lazy(async () => (await import('./entity/entity-view.tsx')).EntityView)

/** The whole page: who asks is found out first, because every view depends on it. */
export function App() {
  const me = useRead<Me>('/v1/me', { everyMs: 30_000 })
  // Whoever is known and has no role needs another credential as much as who is not known.
  if (me.problem?.status === 401 || me.problem?.status === 403) return <SignIn problem={me.problem} />
  if (me.value === undefined) return <Starting known={me} />
  return (
    <MeContext.Provider value={me.value}>
      <Router base="/console">
        <a class="skip" href="#view">
          Skip to the view
        </a>
        <Header me={me.value} />
        <OpenToAll me={me.value} />
        <main id="view" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Views shop={me.value.shop} />
          </Suspense>
        </main>
      </Router>
    </MeContext.Provider>
  )
}

function Views({ shop }: { shop: boolean }) {
  return (
    <Switch>
      <Route path="/events">
        <EventsView />
      </Route>
      <Route path="/entities/:topic/:id">
        {({ topic, id }) => <EntityView topic={decoded(topic)} id={decoded(id)} />}
      </Route>
      <Route path="/entities">
        <EntityView />
      </Route>
      <Route path="/flow">
        <FlowView />
      </Route>
      <Route path="/groups">
        <GroupsView />
      </Route>
      <Route path="/groups/parked/:group/:topic/:key">
        {({ group, topic, key }) => (
          <ParkedView group={decoded(group)} topic={decoded(topic)} parkedKey={decoded(key)} />
        )}
      </Route>
      {shop && (
        <Route path="/shop/*?">
          <ShopView />
        </Route>
      )}
      <Route>
        <Redirect to={shop ? '/shop' : '/events'} replace />
      </Route>
    </Switch>
  )
}

/** A part of the path; the router leaves what is reserved in it as it is, such as a colon. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function Starting({ known }: { known: Known<Me> }) {
  return (
    <main class="alone">
      <Face known={known}>{() => null}</Face>
    </main>
  )
}
