// The images are built and handed to the cluster once, before the first test. Namespaces of the tests are taken away
// before and after, whatever has failed.

import { command } from '@ordershop/cluster/command'
import { loadedImages } from '@ordershop/cluster/loaded-images'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the shop's images. */
    imageTag: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await deleteNamespaces()
  const { tag, sizes } = await loadedImages(() => {})
  console.log(sizes)
  project.provide('imageTag', tag)
  return deleteNamespaces
}

async function deleteNamespaces(): Promise<void> {
  const all = (await command('kubectl', ['get', 'namespaces', '--output', 'name'])).split('\n')
  const ours = all.filter((name) => name.startsWith('namespace/ordershop-test'))
  if (ours.length > 0) await command('kubectl', ['delete', ...ours])
}
