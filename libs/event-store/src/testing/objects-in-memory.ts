import type { Objects } from '../archive/objects.ts'

/** Objects that are gone with the process: for tests of what is built on an archive, not of where it is. */
export function objectsInMemory(): Objects {
  const objects = new Map<string, Uint8Array>()
  return {
    async create(name, bytes) {
      if (objects.has(name)) return false
      objects.set(name, bytes)
      return true
    },
    async replace(name, bytes) {
      objects.set(name, bytes)
    },
    async remove(name) {
      objects.delete(name)
    },
    async read(name, range) {
      const bytes = objects.get(name) ?? null
      return range ? (bytes?.subarray(range.start, range.start + range.count) ?? null) : bytes
    },
    async list(prefix, { after = '', limit }) {
      const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after)
      return names.sort().slice(0, limit)
    },
  }
}
