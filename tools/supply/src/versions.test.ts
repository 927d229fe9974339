import { expect, test } from 'vitest'
import { inexact, uncatalogued, unpinnedRequirements } from './versions.ts'

test.each(['^1.2.3', '~1.2.3', '1.2', '1.x', '>=1.2.3', '*', 'latest', 'v1.2.3', '', 'npm:other@1.2.3'])(
  'version %j is not exact',
  (version) => {
    expect(inexact({ exact: '1.2.3', next: '2.0.0-rc.1', other: version })).toEqual([
      `other is ${version}, expected an exact version`,
    ])
  },
)

test.each(['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'])(
  'in %s a package.json names versions of the catalog and packages of the workspace only',
  (kind) => {
    const packageJson = {
      [kind]: { a: 'catalog:', e: 'catalog:older', b: 'workspace:*', c: '1.2.3', d: 'github:acme/d' },
    }
    expect(uncatalogued(packageJson)).toEqual([
      'c is 1.2.3, expected catalog: or workspace:*',
      'd is github:acme/d, expected catalog: or workspace:*',
    ])
  },
)

test('a requirement of Python names one version', () => {
  const lines = [
    '# why',
    '',
    'one==1.2.3 # why',
    'two>=1',
    'three',
    'four[extra]==2.0',
    'git+https://example.org/five',
  ]
  expect(unpinnedRequirements(lines.join('\n'))).toEqual([
    'two>=1, expected name==version',
    'three, expected name==version',
    'git+https://example.org/five, expected name==version',
  ])
})
