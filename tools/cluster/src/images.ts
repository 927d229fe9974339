// The images of the shop: one for each service, one for the operators' CLI, and one for what checks a shop.
import { createHash } from 'node:crypto'
import { serviceNames } from '@ordershop/contracts'
import { madeHere } from './base-images.ts'
import { command } from './command.ts'
import { root } from './root.ts'

const repository = 'ordershop'

const builds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(serviceNames.map((service) => [service, `SERVICE=${service}`])),
  ops: 'PACKAGE=tools/ops',
  check: 'PACKAGE=tools/check',
}

export type Images = {
  /** Follows from what is in the images: the same sources give the same tag, and no pod restarts. */
  readonly tag: string
  readonly names: readonly string[]
}

/** Builds every image with `docker build`; DOCKER_BUILD_FLAGS is added to each call. */
export async function buildImages(tell: (what: string) => void): Promise<Images> {
  const given = (process.env.DOCKER_BUILD_FLAGS ?? '').split(' ').filter(Boolean)
  const flags = [...(await madeHere()), ...given]
  const ids = new Map<string, string>()
  for (const [name, argument] of Object.entries(builds)) {
    tell(name)
    const args = ['build', '--quiet', ...flags, '--build-arg', argument, root]
    ids.set(name, (await command('docker', args, { env: { DOCKER_BUILDKIT: '1' } })).trim())
  }
  const tag = createHash('sha256')
    .update([...ids.values()].join())
    .digest('hex')
    .slice(0, 12)
  const images = [...ids].map(([name, id]) => ({ id, name: `${repository}/${name}:${tag}` }))
  for (const { id, name } of images) await command('docker', ['tag', id, name])
  return { tag, names: images.map(({ name }) => name) }
}

/** Bytes of an image: in all, and of the layers that the Dockerfile adds to its base. */
export async function imageSize(name: string): Promise<{ readonly all: number; readonly own: number }> {
  const history = await command('docker', [
    'history',
    '--human=false',
    '--format',
    '{{.Size}} {{.CreatedBy}}',
    name,
  ])
  const steps = history.trim().split('\n')
  const sizes = steps.map((step) => Number.parseInt(step, 10))
  // Newest first; the last stage begins with its argument.
  const ours = sizes.slice(
    0,
    steps.findIndex((step) => step.includes('ARG PACKAGE')),
  )
  const sum = (some: readonly number[]) => some.reduce((total, size) => total + size, 0)
  return { all: sum(sizes), own: sum(ours) }
}
