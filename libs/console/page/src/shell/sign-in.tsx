import { useRef } from 'preact/hooks'
import type { Problem } from '../api/call.ts'
import { credential, signIn } from '../api/credential.ts'
import { useStored } from '../api/stored.ts'

/** Asks for a credential. It is kept for this tab alone, and sent to this server alone. */
export function SignIn({ problem }: { problem: Problem }) {
  const input = useRef<HTMLInputElement>(null)
  const tried = useStored(credential)
  const submit = (event: Event) => {
    event.preventDefault()
    const secret = input.current?.value.trim()
    if (secret) signIn(secret)
  }
  return (
    <main class="alone">
      <form class="card sign-in" onSubmit={submit}>
        <h1>Sign in</h1>
        <p>This server asks who you are: with an API key or a token (JWT).</p>
        <label>
          API key or token
          <input ref={input} type="password" autocomplete="off" spellcheck={false} required />
        </label>
        {tried && (
          <p class="problem" role="alert">
            It was refused: {problem.detail}
          </p>
        )}
        <button type="submit" class="primary">
          Sign in
        </button>
        <p class="hint">It is kept until you close this tab, and sent nowhere else.</p>
      </form>
    </main>
  )
}
