export function ParkedView(_: { group: string; topic: string; parkedKey: string }) {
  return null
}
