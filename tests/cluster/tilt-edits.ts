// What Tilt does when a file is saved, by the rules of docker_build(only=…) and live_update.
import type { Image, Step } from './tilt.ts'

/** Per image, by its ref: `rebuilt`, or where in its container the file is put. Untouched ones are left out. */
export function afterEdit(images: readonly Image[], file: string): Record<string, string> {
  const touched = images.filter(({ only }) => only.some((path) => isIn(file, path)))
  return Object.fromEntries(touched.map(({ ref, live_update }) => [ref, effect(live_update ?? [], file)]))
}

function effect(steps: readonly Step[], file: string): string {
  for (const step of steps) {
    if (step.kind === 'fall_back_on' && step.paths.some((path) => isIn(file, path))) return 'rebuilt'
    if (step.kind === 'sync' && isIn(file, step.local_path))
      return step.remote_path + file.slice(step.local_path.length)
  }
  return 'rebuilt'
}

export function isIn(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`)
}
