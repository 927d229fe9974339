import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Problem, problemOf } from '../api/call.ts'
import { refusal } from './face.tsx'

export type Question = {
  readonly title: string
  /** What will happen, in full sentences. */
  readonly says: readonly string[]
  readonly action: string
  readonly isDangerous?: boolean
  /** Asks for a reason, which is kept with what is done. */
  readonly wantsReason?: boolean
  act(reason: string): Promise<unknown>
}

/** A modal that says what an action does before it is done. The browser keeps the focus inside and gives it back. */
export function Confirm({ question, close }: { question: Question; close(isDone: boolean): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isDone = useRef(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const titleId = useId()
  // Also for the next question, which may be asked before it is told that the dialog of this one was closed.
  useLayoutEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [question])
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    try {
      await question.act(reason.trim())
      isDone.current = true
      dialog.current?.close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => dialog.current?.open || close(isDone.current)}
    >
      <form onSubmit={submit}>
        <h2 id={titleId}>{question.title}</h2>
        {question.says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {question.wantsReason && (
          <label>
            Reason, kept with the decision
            <input
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
              required
            />
          </label>
        )}
        {problem && (
          <p class="problem" role="alert">
            {refusal(problem)}
          </p>
        )}
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class={question.isDangerous ? 'danger' : 'primary'} disabled={isBusy}>
            {question.action}
          </button>
        </div>
      </form>
    </dialog>
  )
}
