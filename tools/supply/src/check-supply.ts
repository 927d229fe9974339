// `scripts/check-supply`: what of others is in the shop, and on what terms. The last line counts the checks.
import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { audit, auditOfPlanted, level } from './audit.ts'
import { allowed, refused } from './licences.ts'
import { hostsIn, type Lockfile, reachedFrom, unpinned } from './lockfile.ts'
import { root } from './root.ts'
import { differing, nameIn, schemaErrors, shipped, thirdParty, writeSbom } from './sbom.ts'
import { inexact, type PackageJson, uncatalogued, unpinnedRequirements } from './versions.ts'

type Workspace = {
  readonly packages: readonly string[]
  readonly catalog: Readonly<Record<string, string>>
  readonly catalogs?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly packageExtensions?: Readonly<Record<string, PackageJson>>
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const workspace = parse(read('pnpm-workspace.yaml')) as Workspace
const lockText = read('pnpm-lock.yaml')
const lockfile = parse(lockText) as Lockfile
const foldersOf = (patterns: readonly string[]) =>
  globSync(
    patterns.map((pattern) => `${pattern}/package.json`),
    { cwd: root },
  ).map((path) => path.replace('/package.json', ''))

let passed = 0
let failed = 0

/** Counts a check: it has passed if it has found no fault. */
function count(what: string, faults: readonly string[]): void {
  if (faults.length === 0) passed++
  else failed++
  console.log(`${faults.length === 0 ? 'passed' : 'FAILED'}: ${what}`)
  for (const fault of faults) console.log(`  ${fault}`)
}

function checkVersions(): void {
  const folders = ['.', ...foldersOf(workspace.packages)]
  const manifests = folders.flatMap((folder) =>
    uncatalogued(JSON.parse(read(join(folder, 'package.json')))).map((fault) => `${folder}: ${fault}`),
  )
  const extensions = Object.values(workspace.packageExtensions ?? {}).map(
    ({ dependencies = {} }) => dependencies,
  )
  const versions = [workspace.catalog, ...Object.values(workspace.catalogs ?? {}), ...extensions].flatMap(
    inexact,
  )
  const requirements = globSync('tests/*/requirements.txt', { cwd: root })
  const python = requirements.flatMap((path) =>
    unpinnedRequirements(read(path)).map((fault) => `${path}: ${fault}`),
  )
  const counted = `${folders.length} packages, ${Object.keys(workspace.catalog).length} in the catalog`
  count(`every version is exact (${counted})`, [...manifests, ...versions, ...python])
}

function checkLockfile(): void {
  const packages = Object.keys(lockfile.packages).length
  count(`${packages} packages are locked by their SHA-512, from no host in particular`, [
    ...unpinned(lockfile),
    ...hostsIn(lockText),
  ])
}

async function checkSbom(): Promise<void> {
  mkdirSync(join(root, '.test'), { recursive: true })
  const file = '.test/sbom.cdx.json'
  const sbom = await writeSbom(join(root, file))
  const components = thirdParty(sbom)
  count(`${file} is CycloneDX 1.6 by its schema`, await schemaErrors(sbom))
  const locked = reachedFrom(lockfile, foldersOf(shipped))
  const faults = differing(components.map(nameIn), locked)
  count(`it has the ${locked.length} packages that the lockfile puts into images, and no others`, faults)
  count(`each is under a licence of ${allowed.length} that are allowed`, refused(components))
}

async function checkAdvisories(): Promise<void> {
  const planted = await auditOfPlanted('express')
  const found = planted.answered && planted.findings.some((finding) => finding.startsWith('express: '))
  count('an advisory is noticed where a registry knows one', found ? [] : [JSON.stringify(planted)])

  const verdict = await audit()
  if (verdict.answered)
    return count(
      `no advisory of severity ${level} or above on ${verdict.packages} packages`,
      verdict.findings,
    )
  const why = [`the registry has not answered: ${verdict.why}`]
  if (process.env.AUDIT === 'required') return count('advisories', why)
  console.log(`NOT CHECKED, and not counted: advisories. ${why}`)
}

checkVersions()
checkLockfile()
await checkSbom()
await checkAdvisories()
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
