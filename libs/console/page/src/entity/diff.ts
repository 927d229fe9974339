/** One place where two values differ; `undefined` where there is nothing. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown }

/** Where two values of JSON differ, down to the single field. Items of lists are compared by their index. */
export function differences(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (Object.is(before, after)) return []
  if (!isParent(before) || !isParent(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => differences(before[name], after[name], path ? `${path}.${name}` : name))
}

function isParent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
