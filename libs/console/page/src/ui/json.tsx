import type { ComponentChildren } from 'preact'

/** JSON, indented and coloured; for screen readers it is its text. */
export function Json({ value, label }: { value: unknown; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="json" tabIndex={0} aria-label={label}>
      <pre>
        <Node value={value} indent="" />
      </pre>
    </section>
  )
}

function Node({ value, indent }: { value: unknown; indent: string }): ComponentChildren {
  if (typeof value === 'string') return <span class="str">{JSON.stringify(value)}</span>
  if (typeof value !== 'object' || value === null) return <span class="num">{String(value)}</span>
  const isList = Array.isArray(value)
  const [open, close] = isList ? '[]' : '{}'
  const entries = Object.entries(value)
  if (entries.length === 0) return `${open}${close}`
  const inner = `${indent}  `
  return (
    <>
      {open}
      {entries.map(([name, child], index) => (
        <>
          {`${index > 0 ? ',' : ''}\n${inner}`}
          {!isList && <span class="key">{name}</span>}
          {!isList && ': '}
          <Node value={child} indent={inner} />
        </>
      ))}
      {`\n${indent}${close}`}
    </>
  )
}
