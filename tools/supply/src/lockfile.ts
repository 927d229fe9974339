// What pnpm-lock.yaml says of third-party packages, by the parts of its format (9.0) that are looked at here.

type Linked = Readonly<Record<string, { readonly version: string }>>
type Project = { readonly dependencies?: Linked; readonly optionalDependencies?: Linked }
type Snapshot = Readonly<
  Partial<Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>
>

export type Lockfile = {
  /** By folder: `services/order`. */
  readonly importers: Readonly<Record<string, Project>>
  /** By name and version: `express@5.3.0`. */
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, unknown>> }>>
  /** The same, in each set of peers that it is installed with: `ajv-formats@3.0.1(ajv@8.20.0)`. */
  readonly snapshots: Readonly<Record<string, Snapshot>>
}

/** Packages that are not of a registry alone, known by their hash: each a sentence. */
export function unpinned({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([name, { resolution }]) => {
    const others = Object.keys(resolution).filter((key) => key !== 'integrity')
    if (others.length > 0) return [`${name} has ${others}, expected nothing but its integrity`]
    if (/^sha512-[\w+/]{86}==$/.test(String(resolution.integrity))) return []
    return [`${name} has integrity ${resolution.integrity}, expected a SHA-512`]
  })
}

/** Lines that name a host: whoever installs takes the packages from the registry of their own choice. */
export function hostsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, k) => (/\w+:\/\//.test(line) ? [`line ${k + 1} names a host: ${line.trim()}`] : []))
}

/** Third-party packages that run in production for some folders of the workspace: `express@5.3.0`, sorted. */
export function reachedFrom({ importers, snapshots }: Lockfile, folders: readonly string[]): string[] {
  const projects = new Set<string>()
  const found = new Set<string>()
  const addProject = (folder: string) => {
    if (projects.has(folder)) return
    projects.add(folder)
    const project = importers[folder]
    if (!project) throw new Error(`${folder} is not in the lockfile, expected a folder of the workspace`)
    for (const [name, { version }] of Object.entries({
      ...project.dependencies,
      ...project.optionalDependencies,
    }))
      add(name, version, folder)
  }
  const add = (name: string, version: string, from: string) => {
    if (version.startsWith('link:')) return addProject(joined(from, version.slice('link:'.length)))
    // An alias has the real name in its version.
    const key = snapshots[version] ? version : `${name}@${version}`
    if (found.has(key)) return
    found.add(key)
    const { dependencies, optionalDependencies } = snapshots[key] ?? missing(key)
    for (const [other, itsVersion] of Object.entries({ ...dependencies, ...optionalDependencies }))
      add(other, itsVersion, from)
  }
  folders.forEach(addProject)
  return [...new Set([...found].map((key) => key.replace(/\(.*/, '')))].sort()
}

/** A relative folder, from another: `services/order`, `../../libs/core` → `libs/core`. */
function joined(from: string, relative: string): string {
  return new URL(relative, `file:///${from}/`).pathname.slice(1)
}

function missing(key: string): never {
  throw new Error(`${key} is not in the lockfile, expected it among its snapshots`)
}
