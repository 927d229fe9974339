/** A long id by its end, which differs even among ids drawn within the same millisecond. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `…${id.slice(-10)}`
}

/** The trace id of a W3C trace context. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.split('-')[1]
}

/** The path of an entity's history. */
export function entityPath(
  { topic, entity_id, key }: { topic: string; entity_id: string; key: string },
  version?: number,
): string {
  const query = new URLSearchParams()
  if (key !== entity_id) query.set('key', key)
  if (version !== undefined) query.set('version', String(version))
  const text = query.toString()
  return `/entities/${encodeURIComponent(topic)}/${encodeURIComponent(entity_id)}${text ? `?${text}` : ''}`
}
