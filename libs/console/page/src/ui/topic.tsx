// By a factor under which the topics of the shop differ.
const factor = 177
const hues = 8

/** A topic's name behind a dot, whose colour is the same wherever the topic is shown. */
export function Topic({ name }: { name: string }) {
  return (
    <span class="topic" data-hue={hueOf(name)}>
      {name}
    </span>
  )
}

export function hueOf(name: string): number {
  let hash = 7
  for (const char of name) hash = (hash * factor + char.charCodeAt(0)) % 9973
  return hash % hues
}
