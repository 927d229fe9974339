export function EntityView(_: { topic?: string; id?: string }) {
  return null
}
