// Which versions are asked for: exact ones only, so that nothing but a commit brings in another.
import { valid } from 'semver'

type Dependencies = Readonly<Record<string, string>>
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const
export type PackageJson = Readonly<Partial<Record<(typeof kinds)[number], Dependencies>>>

const isExact = (version: string) => valid(version) === version

/** Entries of a catalog, or of a `packageExtensions`, that are not exact: each a sentence. */
export function inexact(versions: Dependencies): string[] {
  return Object.entries(versions).flatMap(([name, version]) =>
    isExact(version) ? [] : [`${name} is ${version}, expected an exact version`],
  )
}

/** Dependencies of a package.json that are neither of a catalog nor the workspace's. */
export function uncatalogued(packageJson: PackageJson): string[] {
  const all = kinds.flatMap((kind) => Object.entries(packageJson[kind] ?? {}))
  return all.flatMap(([name, version]) =>
    /^catalog:[\w-]*$/.test(version) || version === 'workspace:*'
      ? []
      : [`${name} is ${version}, expected catalog: or workspace:*`],
  )
}

/** Lines of a requirements.txt (Python) that do not name one version. */
export function unpinnedRequirements(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim())
  return lines
    .filter((line) => line !== '' && !/^[\w.[\],-]+==[\w.]+$/.test(line))
    .map((line) => `${line}, expected name==version`)
}
