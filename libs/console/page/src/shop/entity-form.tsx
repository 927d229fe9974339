import { useState } from 'preact/hooks'
import { type Problem, problemOf } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import { refusal } from '../ui/face.tsx'
import { counted } from '../ui/numbers.ts'

export type Field = {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'number'
  readonly step?: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
}

type Props = {
  fields: readonly Field[]
  initial?: Readonly<Record<string, string>>
  action: string
  /** Named to screen readers. */
  label: string
  submit(values: Readonly<Record<string, string>>): Promise<unknown>
}

/** A row of fields and the button that sends them; what the server says of them is shown below. */
export function EntityForm({ fields, initial = {}, action, label, submit }: Props) {
  const { may } = useMe()
  const [problem, setProblem] = useState<Problem>()
  const [done, setDone] = useState(0)
  const [isBusy, setBusy] = useState(false)
  if (!may('write')) return <p class="hint">To change anything you need the role write.</p>
  const send = async (event: Event & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = event.currentTarget
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)])
    setBusy(true)
    try {
      await submit(Object.fromEntries(entries))
      setProblem(undefined)
      setDone((n) => n + 1)
      if (Object.keys(initial).length === 0) form.reset()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  return (
    <form class="form" aria-label={label} onSubmit={send}>
      {fields.map((field) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: one of both controls below is inside
        <label key={field.name}>
          {field.label}
          {field.choices ? (
            <select name={field.name} required>
              {field.choices.map(({ value, label: text }) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          ) : (
            <input
              name={field.name}
              type={field.type ?? 'text'}
              {...(field.step ? { step: field.step, min: 0 } : {})}
              defaultValue={initial[field.name] ?? ''}
              required
            />
          )}
        </label>
      ))}
      <button type="submit" class="primary" disabled={isBusy}>
        {action}
      </button>
      <span role="status" class={problem ? 'problem' : 'done'}>
        {problem ? refusal(problem) : done > 0 ? `Done: ${counted(done, 'time')}` : ''}
      </span>
    </form>
  )
}
