import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import type { RedisSettings } from '@ordershop/event-store'
import { freePort, killAtExit, type RedisServer, startRedis } from '@ordershop/event-store/testing'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { movement } from '../src/testing/ledger.ts'
import { authority, replace } from './certificates.ts'
import { openStore } from './harness.ts'

type Store = ReturnType<typeof openStore>
const [ours, others] = [authority('ours'), authority('others')]
const client = ours.sign('DNS:order')
const loopback = ours.sign('IP:127.0.0.1')
const stores: Store[] = []
const open = (redis: RedisSettings): Store => {
  const store = openStore('', { redis })
  stores.push(store)
  return store
}
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())))
afterAll(() => {
  ours.forget()
  others.forget()
})

type Files = ReturnType<typeof ours.sign>
const tlsOptions = (port: number, { certFile, keyFile }: Files, clients = 'no') => [
  ...['--tls-port', String(port), '--tls-cert-file', certFile, '--tls-key-file', keyFile],
  ...['--tls-ca-cert-file', ours.caFile, '--tls-auth-clients', clients],
]

async function startTls(files: Files, clients?: string): Promise<{ server: RedisServer; url: string }> {
  const port = await freePort()
  const server = await startRedis(...tlsOptions(port, files, clients))
  return { server, url: `rediss://127.0.0.1:${port}` }
}

describe('TLS to Redis', () => {
  test.each<[string, Files, (url: string) => RedisSettings, RegExp]>([
    [
      'another authority',
      loopback,
      (url) => ({ url, caFile: others.caFile }),
      /unable to verify|self.signed|signature failure|unable to get/,
    ],
    [
      'no authority that Node trusts',
      loopback,
      (url) => ({ url }),
      /unable to verify|self.signed|unable to get/,
    ],
    [
      'another host name',
      ours.sign('DNS:redis.example'),
      (url) => ({ url, caFile: ours.caFile }),
      /IP: 127\.0\.0\.1 is not in the cert's list/,
    ],
    [
      'a certificate that has expired',
      ours.sign('IP:127.0.0.1', -1),
      (url) => ({ url, caFile: ours.caFile }),
      /certificate has expired/,
    ],
  ])('is not used with %s, which readiness says in one sentence', async (_, files, settings, why) => {
    const { server, url } = await startTls(files)
    const store = open(settings(url))
    await eventually(() => expect(store.health().problem).toMatch(why))
    expect(store.health().problem).toMatch(/^Redis cannot be reached: [^\n]+$/)
    expect(store.heard.logs).toHaveLength(1)
    await server.stop()
  })

  test('with a client that Redis asks for a certificate: none, or one of another authority, is refused', async () => {
    const { server, url } = await startTls(loopback, 'yes')
    const store = open({ url, caFile: ours.caFile, ...client })
    await store.ready()
    expect(await store.append(movement('a', 1))).toMatchObject({ version: 1 })
    const none = open({ url, caFile: ours.caFile })
    await eventually(() =>
      expect(none.health().problem).toMatch(/certificate required|expects a client certificate/),
    )
    const foreign = open({ url, caFile: ours.caFile, ...others.sign('DNS:order') })
    await eventually(() =>
      expect(foreign.health().problem).toMatch(/unknown ca|expects a client certificate/),
    )
    await server.stop()
  })

  test('goes on when certificates, authority and password change while it runs', async () => {
    const [serverFiles, clientFiles, next] = [
      ours.sign('IP:127.0.0.1'),
      ours.sign('DNS:order'),
      authority('next'),
    ]
    const { server, url } = await startTls(serverFiles, 'yes')
    const caFile = join(server.dir, 'trusted.crt')
    const passwordFile = join(server.dir, 'password')
    const trust = (...files: string[]) =>
      writeFileSync(caFile, files.map((file) => readFileSync(file, 'utf8')).join('\n'))
    trust(ours.caFile)
    writeFileSync(passwordFile, 'first\n')
    await server.client.call('ACL', 'SETUSER', 'app', 'on', '>first', '~*', '+@all')
    const store = open({ url, username: 'app', passwordFile, caFile, ...clientFiles })
    await store.ready()
    await store.append(movement('a', 1))

    // All of it is new, and the old is refused.
    trust(ours.caFile, next.caFile)
    replace(serverFiles, next.sign('IP:127.0.0.1'))
    replace(clientFiles, next.sign('DNS:order'))
    writeFileSync(passwordFile, 'second\n')
    await server.client.call('ACL', 'SETUSER', 'app', 'resetpass', '>second')
    const served = ['tls-cert-file', serverFiles.certFile, 'tls-key-file', serverFiles.keyFile]
    await server.client.call('CONFIG', 'SET', ...served, 'tls-ca-cert-file', next.caFile)
    const stale = open({ url, username: 'app', password: 'first', caFile: ours.caFile, ...client })
    await eventually(() => expect(stale.health().problem).toMatch(/Redis cannot be reached/))
    await server.client.call('CLIENT', 'KILL', 'USER', 'app')
    await eventually(() => expect(store.health().ready).toBe(false))
    await store.ready({ timeoutMs: 10_000 })
    expect(await store.append(movement('a', 2))).toMatchObject({ version: 2 })
    next.forget()
    await server.stop()
  })

  test('goes to the nodes of a Cluster', async () => {
    const port = await freePort()
    const announced = ['--cluster-announce-ip', '127.0.0.1', '--tls-cluster', 'yes']
    const server = await startRedis(
      '--cluster-enabled',
      'yes',
      ...announced,
      ...tlsOptions(port, loopback, 'yes'),
    )
    await server.client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    const store = open({ cluster: [`127.0.0.1:${port}`], caFile: ours.caFile, ...client })
    await store.ready()
    expect(await store.append(movement('a', 1))).toMatchObject({ version: 1 })
    const other = open({ cluster: [`127.0.0.1:${port}`], caFile: others.caFile, ...client })
    await eventually(() => expect(other.health().problem).toMatch(/Redis cannot be reached: .*certificate/))
    await server.stop()
  })

  test('goes to Sentinels, and to the master that they name', async () => {
    const { server, url } = await startTls(loopback, 'yes')
    const port = await freePort()
    const file = join(server.dir, 'sentinel.conf')
    const files = ['ca-cert-file', ours.caFile, 'cert-file', loopback.certFile, 'key-file', loopback.keyFile]
    const tls = Array.from({ length: 3 }, (_, k) => `tls-${files[2 * k]} ${files[2 * k + 1]}`)
    const watched = `sentinel monitor mymaster 127.0.0.1 ${new URL(url).port} 1`
    writeFileSync(file, ['port 0', `tls-port ${port}`, 'tls-replication yes', ...tls, watched, ''].join('\n'))
    const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' })
    killAtExit(sentinel)
    const store = open({ sentinels: [`127.0.0.1:${port}`], caFile: ours.caFile, ...client })
    await store.ready()
    expect(await store.append(movement('a', 1))).toMatchObject({ version: 1 })
    const other = open({ sentinels: [`127.0.0.1:${port}`], caFile: others.caFile, ...client })
    await eventually(() => expect(other.health().problem).toMatch(/Redis cannot be reached: /))
    sentinel.kill('SIGKILL')
    await server.stop()
  })
})
