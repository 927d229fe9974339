import type { ComponentChildren } from 'preact'
import type { Problem } from '../api/call.ts'
import { clock } from './time.tsx'

type Known<T> = { readonly value?: T; readonly problem?: Problem | undefined; readonly at?: number }

/** Shows what is known of an answer: that it is loading, why there is none, or it, and since when it is not new any more. */
export function Face<T>({ known, children }: { known: Known<T>; children: (value: T) => ComponentChildren }) {
  const { value, problem, at } = known
  if (value === undefined) return problem ? <Refused problem={problem} /> : <Loading />
  return (
    <>
      {problem && (
        <p class="banner bad" role="status">
          <span>
            <strong>{headline(problem)}.</strong> {sentence(problem.detail)} Shown as of{' '}
            {at ? clock(at) : 'before'}; trying again.
          </span>
        </p>
      )}
      {children(value)}
    </>
  )
}

export function Loading() {
  return (
    <div class="face" role="status">
      <span class="spinner" aria-hidden="true" />
      Loading…
    </div>
  )
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="face empty">{children}</div>
}

export function Refused({ problem }: { problem: Problem }) {
  return (
    <div class="face" role="alert">
      <h2>{headline(problem)}</h2>
      <p>{problem.detail}</p>
      <p class="hint">{advice(problem)}</p>
    </div>
  )
}

/** A problem in few words. */
export function headline({ status, title }: Problem): string {
  if (status === 401) return 'You are not signed in'
  if (status === 403) return 'You may not see this'
  if (status === 404) return 'Not found'
  if (status === 503) return 'Redis or a service is away'
  if (status === 502 || status === 504) return 'The server behind this is away'
  return title
}

/** Why what was asked for was not done, where it was asked for. A write that nobody answered may be stored all the same. */
export function refusal(problem: Problem): string {
  const isOpen = problem.status === 0 || problem.status >= 500
  return isOpen
    ? `${headline(problem)}: ${sentence(problem.detail)} It may have been done all the same: look before you try again.`
    : problem.detail
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

function advice({ status }: Problem): string {
  if (status === 401) return 'Sign in with an API key or a token.'
  if (status === 403) return 'Your credential lacks the role that this needs. Sign in with another one.'
  if (status === 0 || status >= 500) return 'Trying again by itself.'
  return ''
}
