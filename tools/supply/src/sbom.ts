// The SBOM: what of others is in our images, as CycloneDX 1.6.
import { readFileSync } from 'node:fs'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { pnpm } from './pnpm.ts'

export type Component = {
  /** `pkg:npm/%40aws-sdk/client-s3@3.1175.0` */
  readonly purl: string
  readonly licenses?: readonly {
    readonly expression?: string
    readonly license?: { readonly id?: string; readonly name?: string }
  }[]
}

/** Folders whose packages go into images: those that .dockerignore lets through. */
export const shipped = ['libs/*', 'services/*', 'tools/ops', 'tools/check', 'tools/console'] as const

/** Has pnpm write it, from the lockfile and from what is installed, and gives its text. */
export async function writeSbom(file: string): Promise<string> {
  const form = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application']
  const folders = shipped.flatMap((folder) => ['--filter', `./${folder}`])
  const { failed, stdout, stderr } = await pnpm([...folders, 'sbom', ...form, '--prod', '--out', file])
  if (failed) throw new Error(`pnpm sbom failed: ${stderr || stdout}`)
  return readFileSync(file, 'utf8')
}

/** What is wrong by CycloneDX's own schema, which takes any version for its own. */
export async function schemaErrors(sbom: string): Promise<string[]> {
  const { specVersion } = JSON.parse(sbom) as { specVersion?: string }
  if (specVersion !== '1.6') return [`specVersion is ${specVersion}, expected 1.6`]
  const errors = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(sbom)
  return errors === null ? [] : [JSON.stringify(errors)]
}

/** Its components of others: without the packages of this repository. */
export function thirdParty(sbom: string): Component[] {
  const { components } = JSON.parse(sbom) as { components: readonly Component[] }
  return components.filter(({ purl }) => !purl.startsWith('pkg:npm/%40ordershop/'))
}

/** `pkg:npm/%40scope/name@1.0.0` → `@scope/name@1.0.0`, as in the lockfile. */
export function nameIn({ purl }: Component): string {
  return decodeURIComponent(purl.replace('pkg:npm/', '').replace(/[?#].*/, ''))
}

/** What one list has and the other has not: each a sentence. */
export function differing(inSbom: readonly string[], inLockfile: readonly string[]): string[] {
  const [listed, locked] = [new Set(inSbom), new Set(inLockfile)]
  return [
    ...inLockfile.filter((name) => !listed.has(name)).map((name) => `${name} is not in the SBOM`),
    ...inSbom.filter((name) => !locked.has(name)).map((name) => `${name} is not reached in the lockfile`),
  ]
}
