import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Client } from '@ordershop/check/client'
import { command } from '@ordershop/cluster/command'
import { catalog, type ShopEvent, serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import type { Recorded } from '@ordershop/event-store'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { expectRowsAsFolded } from '../e2e/rows.ts'
import { root } from '../root.ts'
import { deleteNamespace, openShop, opsInside, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const sealMs = 10_000
const shop = await openShop('ordershop-recovery', {
  set: [
    `services.archiver.env.ARCHIVE_SEAL_MS=${sealMs}`,
    // On New Year's Day: here it is made when it is asked for.
    ...['archive.backup.enabled=true', 'archive.backup.schedule=0 0 1 1 *'],
  ],
})
afterAll(() => deleteNamespace(shop.namespace))
const { kubectl } = shop
const deployments = serviceNames
  .filter((name) => name !== 'archiver')
  .map((name) => `deploy/ordershop-${name}`)

test('a shop whose Redis was deleted with its volume is put back from its archive: lost is what was not archived yet, and it sells on', async () => {
  tellOnFailure(shop)
  const before = await startDrill(shop, 'before')
  await before.more(60)
  await before.finish()
  await allArchived()
  const sealed = await archived()
  const late = await startDrill(shop, 'late')
  await late.more(20)
  await late.finish()
  const { events, behind } = await archived()

  const began = performance.now()
  await stopServices()
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=0')
  await kubectl('delete', 'pvc', 'data-ordershop-redis-0', '--timeout=60s')
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=1')
  await newVolume()
  await kubectl('rollout', 'status', 'statefulset/ordershop-redis', '--timeout=120s')
  await archiverServes()
  const restored: { events: number }[] = JSON.parse(await shop.ops('--json', 'archive', 'restore'))
  await startServices()
  const seconds = Math.round((performance.now() - began) / 1_000)

  const there = restored.reduce((sum, one) => sum + one.events, 0)
  console.log(
    `${events} events, ${behind} of them not archived when Redis was deleted: ${events - there} lost, selling again after ${seconds} s`,
  )
  expect(there).toBeGreaterThanOrEqual(Math.max(sealed.events, events - behind))
  expect(there).toBeLessThanOrEqual(events)
  const log = await shop.ops('--json', 'verify')
  expect(JSON.parse(log).filter(({ problem }: { problem: string }) => problem !== 'none')).toEqual([])

  const after = await startDrill(shop, 'after')
  await after.more(60)
  expect(await after.finish()).toMatchObject({ overtaken: 0, staleRows: 0 })
  // The archive goes on where it was: the log is its history again.
  await allArchived()
  await expectArchiveSound()
})

test('a shop whose Redis is started from a backup has all that is in it, and all that was archived since', async () => {
  tellOnFailure(shop)
  const before = await startDrill(shop, 'copied')
  await before.more(20)
  await kubectl('create', 'job', '--from=cronjob/ordershop-backup', 'backup')
  await kubectl('wait', 'job/backup', '--for=condition=Complete', '--timeout=120s')
  await before.more(20)
  await before.finish()
  const [{ time }] = JSON.parse(await shop.ops('--json', 'backup', 'list'))
  await allArchived()
  const all = await recorded()
  const file = join(mkdtempSync(join(tmpdir(), 'backup-')), 'redis.rdb')
  onTestFinished(() => rmSync(dirname(file), { recursive: true }))
  await inShell(`kubectl exec deploy/ordershop-toolbox -- ${opsInside} backup fetch ${time} - >${file}`)

  await stopServices()
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=0')
  await kubectl('wait', 'pod/ordershop-redis-0', '--for=delete', '--timeout=60s')
  await kubectl('apply', '--filename', join(root, 'k8s/redis-volume.yaml'))
  await kubectl('wait', 'pod/redis-volume', '--for=condition=Ready', '--timeout=60s')
  await onRedisVolume('rm -rf /data/* && mkdir /data/appendonlydir')
  await inShell(
    `kubectl exec -i redis-volume -- sh -c 'cat >/data/appendonlydir/appendonly.aof.1.base.rdb' <${file}`,
  )
  await onRedisVolume(
    "echo 'file appendonly.aof.1.base.rdb seq 1 type b' >/data/appendonlydir/appendonly.aof.manifest",
  )
  await kubectl('delete', 'pod', 'redis-volume', '--grace-period=1')
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=1')
  await kubectl('rollout', 'status', 'statefulset/ordershop-redis', '--timeout=120s')
  await kubectl('rollout', 'status', 'deploy/ordershop-archiver', '--timeout=60s')
  const inBackup = await eventually(async () => (await archived()).events, {
    withinMs: 60_000,
    everyMs: 1_000,
  })
  expect(inBackup).toBeLessThan(all.length)
  await shop.ops('archive', 'restore', '--onto-backup')
  expect((await archived()).events).toBe(all.length)
  await startServices()
  await eventually(() => expectRowsAsFolded(shownInside, all), { withinMs: 60_000, everyMs: 1_000 })
  console.log(`${inBackup} events in the backup, ${all.length - inBackup} from the archive: none lost`)
  await allArchived()
})

test('a shop that is put back to a moment in the past shows what had been recorded by then, and no more', async () => {
  tellOnFailure(shop)
  // All is at rest since the drill before.
  const [seconds = '', micros = ''] = (await redisCli('TIME')).trim().split('\n')
  const untilMs = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
  const gone = await startDrill(shop, 'gone')
  await gone.more(20)
  await gone.finish()
  await allArchived()
  const all = await recorded()
  const kept = all.filter(({ entry_id }) => Number.parseInt(entry_id, 10) <= untilMs)
  expect(kept.length).toBeLessThan(all.length)

  await stopServices()
  await redisCli('FLUSHALL')
  await archiverServes()
  await shop.ops('archive', 'restore', '--until', new Date(untilMs).toISOString())
  const countOf = (topic: string) => kept.filter((event) => event.topic === topic).length
  const there = (await topicsArchived()).map(({ topic, events }) => [topic, events])
  expect(there).toEqual(catalog.topics.map((topic) => [topic, countOf(topic)]))
  // The former history is set aside by who has the volume meanwhile.
  await kubectl('scale', 'deploy/ordershop-archiver', '--replicas=0')
  const patch = join(root, 'k8s/toolbox-on-archive.yaml')
  await kubectl('patch', 'deploy/ordershop-toolbox', '--patch-file', patch)
  await kubectl('rollout', 'status', 'deploy/ordershop-toolbox', '--timeout=60s')
  const cut: Record<string, unknown>[] = JSON.parse(await shop.ops('--json', 'archive', 'cut'))
  const aside = cut.reduce((sum, one) => sum + Number(one['set aside']), 0)
  expect(aside).toBe(all.length - kept.length)
  await kubectl('rollout', 'undo', 'deploy/ordershop-toolbox')
  await kubectl('rollout', 'status', 'deploy/ordershop-toolbox', '--timeout=60s')
  await kubectl('scale', 'deploy/ordershop-archiver', '--replicas=1')
  await startServices()
  await eventually(() => expectRowsAsFolded(shownInside, kept), { withinMs: 60_000, everyMs: 1_000 })
  await allArchived()
  await expectArchiveSound()
  console.log(
    `${all.length} events archived, ${kept.length} of them put back; every row is as folded from those`,
  )
})

/** What the archive has of every topic, in the order of each partition. */
async function recorded(): Promise<Recorded<ShopEvent>[]> {
  const events: Recorded<ShopEvent>[] = []
  for (const topic of catalog.topics) {
    const lines = (await shop.ops('archive', 'export', topic)).split('\n').filter((line) => line !== '')
    events.push(...lines.map((line) => JSON.parse(line)))
  }
  return events
}

/** The gateway, asked by a pod that may. */
const shownInside: Pick<Client, 'get'> = {
  async get(path) {
    const program = `fetch(process.env.GATEWAY_URL + '${path}').then((r) => r.text()).then(console.log)`
    return JSON.parse(
      await kubectl('exec', 'deploy/ordershop-toolbox', '--', '/nodejs/bin/node', '--eval', program),
    )
  },
}

const onRedisVolume = (script: string) => kubectl('exec', 'redis-volume', '--', 'sh', '-c', script)

/** As in a shell: what is printed is bytes. */
const inShell = (line: string) =>
  command('sh', ['-c', line.replaceAll('kubectl', `kubectl --namespace ${shop.namespace}`)])

const redisCli = (...args: string[]) => kubectl('exec', 'ordershop-redis-0', '--', 'redis-cli', ...args)

async function stopServices(): Promise<void> {
  await kubectl('scale', ...deployments, '--replicas=0')
}

async function startServices(): Promise<void> {
  await kubectl('scale', ...deployments, '--replicas=1')
  for (const deployment of deployments) await kubectl('rollout', 'status', deployment, '--timeout=120s')
}

/** It is ready again once it has found the Redis that is empty now. */
async function archiverServes(): Promise<void> {
  await eventually(async () => expect((await archived()).events).toBe(0), {
    withinMs: 60_000,
    everyMs: 1_000,
  })
  await kubectl('rollout', 'status', 'deploy/ordershop-archiver', '--timeout=60s')
}

async function expectArchiveSound(): Promise<void> {
  const found: { problem: string }[] = JSON.parse(await shop.ops('--json', 'archive', 'verify'))
  expect(found.filter(({ problem }) => problem !== 'none')).toEqual([])
}

async function allArchived(): Promise<void> {
  await eventually(async () => expect((await archived()).behind).toBe(0), {
    withinMs: 120_000,
    everyMs: 1_000,
  })
}

/** A controller that has not seen yet that the claim is gone makes a pod that waits for it, and no claim. */
async function newVolume(): Promise<void> {
  await eventually(
    async () => {
      const claims = await kubectl('get', 'pvc', '--output', 'name')
      if (claims.includes('data-ordershop-redis-0')) return
      await kubectl('delete', 'pod', 'ordershop-redis-0', '--ignore-not-found')
      throw new Error('expected a claim for the new volume')
    },
    { withinMs: 60_000, everyMs: 2_000 },
  )
}

async function topicsArchived(): Promise<Record<string, unknown>[]> {
  // A program that has just connected may find Redis away for a moment.
  const status = async () => JSON.parse(await shop.ops('--json', 'archive', 'status'))
  return eventually(status, { withinMs: 30_000, everyMs: 1_000 })
}

async function archived(): Promise<{ events: number; behind: number }> {
  const topics = await topicsArchived()
  const sum = (name: string) => topics.reduce((all, topic) => all + Number(topic[name]), 0)
  return { events: sum('events'), behind: sum('behind') }
}
