import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root.ts'
import { differing, nameIn, schemaErrors, shipped, thirdParty } from './sbom.ts'

const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [
    { type: 'library', name: 'core', version: '0.1.0', purl: 'pkg:npm/%40ordershop/core@0.1.0' },
    { type: 'library', name: 'client-s3', version: '3.0.0', purl: 'pkg:npm/%40aws-sdk/client-s3@3.0.0' },
  ],
}

test('the SBOM is of the folders that go into images', () => {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  const folders = [...ignored.matchAll(/^!((?:libs|services|tools)\b.*)$/gm)].map(([, folder]) => folder)
  expect(shipped.map((folder) => folder.replace('/*', ''))).toEqual(folders)
})

test('what is of others is listed as the lockfile names it', () => {
  expect(thirdParty(JSON.stringify(sbom)).map(nameIn)).toEqual(['@aws-sdk/client-s3@3.0.0'])
})

test('a package too many is told as one too few is', () => {
  expect(differing(['a@1.0.0', 'b@1.0.0'], ['b@1.0.0', 'c@1.0.0'])).toEqual([
    'c@1.0.0 is not in the SBOM',
    'a@1.0.0 is not reached in the lockfile',
  ])
})

test('what the schema of CycloneDX 1.6 does not have is refused', async () => {
  expect(await schemaErrors(JSON.stringify(sbom))).toEqual([])
  const [component] = sbom.components
  for (const wrong of [
    { ...sbom, specVersion: '1.5' },
    { ...sbom, invented: true },
    { ...sbom, components: [{ ...component, type: 'thing' }] },
    { ...sbom, components: [{ ...component, licenses: [{ license: { id: 'Invented-1.0' } }] }] },
  ])
    expect(await schemaErrors(JSON.stringify(wrong)), JSON.stringify(wrong)).toHaveLength(1)
})
