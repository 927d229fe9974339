// Images in a cluster: built here, handed to its nodes.
import { AppError } from '@ordershop/core'
import { table } from '@ordershop/ops/table'
import { command } from './command.ts'
import { buildImages, imageSize } from './images.ts'
import { kindName } from './kind.ts'
import { root } from './root.ts'

/** Which cluster: `kind`, one of our own, or `current`, the current context of kubectl. @throws AppError `invalid`. */
export function chosenCluster(): 'kind' | 'current' {
  const { CLUSTER = 'kind' } = process.env
  if (CLUSTER === 'kind' || CLUSTER === 'current') return CLUSTER
  throw new AppError('invalid', `CLUSTER: got ${CLUSTER}, expected kind or current`)
}

/** Builds every image and hands it to the nodes; `sizes` is a table for people. */
export async function loadedImages(tell: (what: string) => void): Promise<{ tag: string; sizes: string }> {
  imageLoader() // what is wrong with it is said before the long part
  const { tag, names } = await buildImages(tell)
  const sizes = await Promise.all(names.map(async (name) => ({ name, ...(await imageSize(name)) })))
  tell('the nodes')
  await loadImages(names)
  const rows = sizes.map(({ name, all, own }) => ({
    image: name,
    MB: megabytes(all),
    'of it ours': megabytes(own),
  }))
  return { tag, sizes: table(rows) }
}

/** Hands images of this machine's docker to the nodes. */
export async function loadImages(names: readonly string[]): Promise<void> {
  const { file, args } = imageLoader()
  await command(file, [...args, ...names], { cwd: root })
}

/** IMAGE_LOADER, or what kind has for it. */
function imageLoader(): { file: string; args: readonly string[] } {
  const { IMAGE_LOADER } = process.env
  if (!IMAGE_LOADER && chosenCluster() === 'current')
    throw new AppError(
      'invalid',
      'IMAGE_LOADER is not set, expected a command that hands the images it is given to the nodes of the current context',
    )
  const [file = '', ...args] = (IMAGE_LOADER || `kind load docker-image --name ${kindName}`).split(' ')
  return { file, args }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10
}
