// Who holds which key, and that helm's keys are keys: nobody but the gateway can sign a command.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { ways } from '@ordershop/chart-tools/chart'
import { type PublicKey, signingKeysIn } from '@ordershop/service'
import { knownKeysIn } from '@ordershop/service/testing'
import { keyFiles } from '@ordershop/shop'
import { expect, test } from 'vitest'
import { type Manifest, manifestsOf, ofKind, variable, type Workload, workloadsOf } from './manifests.ts'

const guarded = ways.filter((way) => way !== 'bare')
const { gatewaySigning, readerSigning, commandCallers, archiveCallers } = keyFiles

type Keys = {
  readonly name: string
  readonly secret?: { readonly items?: readonly { readonly key: string }[] }
}
const keysOf = ({ pod }: Workload) =>
  ((pod.volumes ?? []) as Keys[])
    .filter(({ name }) => name === 'keys')
    .flatMap(({ secret }) => secret?.items?.map(({ key }) => key) ?? ['all of them'])
    .sort()
const holders = (way: string, file: string) =>
  workloadsOf(manifestsOf(way)).flatMap((one) => (keysOf(one).includes(file) ? [one.name] : []))
const isOnVolume = (way: string) => ofKind(manifestsOf(way), 'PersistentVolumeClaim').length > 0

test.each(guarded)(
  '%s: the gateway alone can sign a command, and every service that takes any knows its key',
  (way) => {
    expect(holders(way, gatewaySigning)).toEqual(['gateway'])
    const takers = ['customer', 'product', 'inventory', 'order', 'billing']
    expect(holders(way, commandCallers)).toEqual(expect.arrayContaining(takers))
  },
)

test.each(guarded)(
  '%s: whoever reads the archive at the archiver signs that, and the archiver signs nothing',
  (way) => {
    expect(holders(way, archiveCallers)).toEqual(['archiver'])
    const readers = workloadsOf(manifestsOf(way)).filter(
      ({ name }) => name !== 'gateway' && name !== 'archiver',
    )
    const asking = readers.filter((one) => variable(one, 'ARCHIVE_URL')?.startsWith('http:'))
    expect(asking.length > 0).toBe(isOnVolume(way))
    expect(holders(way, readerSigning)).toEqual(asking.map(({ name }) => name))
  },
)

test.each(ways)('%s: a process is told of the key files that it finds, and of no others', (way) => {
  for (const workload of workloadsOf(manifestsOf(way))) {
    const told = ['SIGNING_KEYS_FILE', 'CALLER_KEYS_FILE'].flatMap((name) => variable(workload, name) ?? [])
    expect(told.sort(), workload.name).toEqual(keysOf(workload).map((file) => `/etc/keys/${file}`))
    if (way === 'bare') expect(told, workload.name).toEqual([])
  }
})

function secretOf(manifests: readonly Manifest[]): Record<string, string> {
  const found = ofKind(manifests, 'Secret').find(({ metadata }) => metadata.name.endsWith('-keys'))
  const { data } = found as unknown as { data: Record<string, string> }
  const texts = Object.entries(data).map(([name, text]) => [name, Buffer.from(text, 'base64').toString()])
  return Object.fromEntries(texts)
}

test("the keys that helm makes are as the shop's own: each signs, and is known by its public part where it should be", () => {
  const texts = secretOf(manifestsOf('default'))
  expect(Object.keys(texts).sort()).toEqual(Object.values(keyFiles).sort())
  const known = (file: string) => {
    knownKeysIn(`${texts[file]}`)
    return (JSON.parse(`${texts[file]}`) as { keys: PublicKey[] }).keys
  }
  const [gateway, reader] = [gatewaySigning, readerSigning].map((file) => {
    const [key] = signingKeysIn(`${texts[file]}`)
    if (!key) expect.fail(`${file} has no key`)
    const { d, ...publicKey } = key
    const signed = sign(null, Buffer.from('a command'), createPrivateKey({ format: 'jwk', key: { ...key } }))
    const verifier = createPublicKey({ format: 'jwk', key: { ...publicKey } })
    expect(verify(null, Buffer.from('a command'), verifier, signed)).toBe(true)
    return publicKey
  })
  expect(known(commandCallers)).toEqual([gateway])
  expect(known(archiveCallers)).toEqual([gateway, reader])
  expect(gateway?.kid).not.toBe(reader?.kid)
})

test('keys that are given, or not wanted, are not made', () => {
  for (const way of ['placed', 'bare'])
    expect(
      ofKind(manifestsOf(way), 'Secret').filter(({ metadata }) => metadata.name.includes('keys')),
    ).toEqual([])
})
