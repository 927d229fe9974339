import { expect, test } from 'vitest'
import { hostsIn, type Lockfile, reachedFrom, unpinned } from './lockfile.ts'

const integrity = `sha512-${'A'.repeat(86)}==`

const lockfile: Lockfile = {
  importers: {
    'libs/core': { dependencies: { uuid: { version: '14.0.3' } } },
    'services/order': {
      dependencies: {
        '@ordershop/core': { version: 'link:../../libs/core' },
        formats: { version: '3.0.1(ajv@8.20.0)' },
        renamed: { version: 'real@2.0.0' },
      },
      optionalDependencies: { native: { version: '1.0.0' } },
    },
    'tools/shop': { dependencies: { ora: { version: '9.4.1' } } },
  },
  packages: { 'ajv@8.20.0': { resolution: { integrity } } },
  snapshots: {
    'ajv@8.20.0': { dependencies: { uuid: '14.0.3' } },
    'formats@3.0.1(ajv@8.20.0)': { dependencies: { ajv: '8.20.0' } },
    'native@1.0.0': { optionalDependencies: { prebuilt: '1.0.0' } },
    'ora@9.4.1': {},
    'prebuilt@1.0.0': { dependencies: { native: '1.0.0' } },
    'real@2.0.0': {},
    'uuid@14.0.3': {},
  },
}

test('a folder reaches its own dependencies, and those of the workspace packages and of the packages that it has', () => {
  expect(reachedFrom(lockfile, ['libs/core'])).toEqual(['uuid@14.0.3'])
  expect(reachedFrom(lockfile, ['services/order'])).toEqual([
    'ajv@8.20.0',
    'formats@3.0.1',
    'native@1.0.0',
    'prebuilt@1.0.0',
    'real@2.0.0',
    'uuid@14.0.3',
  ])
})

test('a folder, or a package, that the lockfile has not is an error', () => {
  expect(() => reachedFrom(lockfile, ['services/gone'])).toThrow('services/gone is not in the lockfile')
  const without = { ...lockfile, snapshots: {} }
  expect(() => reachedFrom(without, ['libs/core'])).toThrow('uuid@14.0.3 is not in the lockfile')
})

test.each([
  [{ tarball: 'https://example.org/ajv.tgz' }, 'ajv@8.20.0 has tarball, expected nothing but its integrity'],
  [{ integrity, tarball: 'file:ajv.tgz' }, 'ajv@8.20.0 has tarball'],
  [{ type: 'git', repo: 'git@example.org:ajv', commit: 'abc' }, 'ajv@8.20.0 has type,repo,commit'],
  [{ integrity: 'sha1-AAAA' }, 'ajv@8.20.0 has integrity sha1-AAAA, expected a SHA-512'],
  [{}, 'ajv@8.20.0 has integrity undefined'],
])('a package by %o is not pinned', (resolution, fault) => {
  expect(unpinned(lockfile)).toEqual([])
  expect(unpinned({ ...lockfile, packages: { 'ajv@8.20.0': { resolution } } })).toEqual([
    expect.stringContaining(fault),
  ])
})

test('a line with a host is told', () => {
  expect(hostsIn('packages:\n  ajv@8.20.0:\n    engines: {node: ">=20"}')).toEqual([])
  expect(hostsIn('packages:\n  ajv@https://example.org/ajv.tgz:')).toEqual([
    'line 2 names a host: ajv@https://example.org/ajv.tgz:',
  ])
})
