import type { ScriptedRedis } from './scripts.ts'

/** Calls back each time a connection is back after it was lost. Returns how to stop. */
export function onReconnect(redis: ScriptedRedis, listener: () => void): () => void {
  let before = redis.status === 'ready'
  const ready = () => {
    if (before) listener()
    before = true
  }
  redis.on('ready', ready)
  return () => redis.off('ready', ready)
}
