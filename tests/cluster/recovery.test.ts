import { serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { afterAll, expect, test } from 'vitest'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const sealMs = 10_000
const shop = await openShop('ordershop-recovery', {
  set: [`services.archiver.env.ARCHIVE_SEAL_MS=${sealMs}`],
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
  await eventually(async () => expect((await archived()).behind).toBe(0), {
    withinMs: 60_000,
    everyMs: 1_000,
  })
  const sealed = await archived()
  const late = await startDrill(shop, 'late')
  await late.more(20)
  await late.finish()
  const { events, behind } = await archived()

  const began = performance.now()
  await kubectl('scale', ...deployments, '--replicas=0')
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=0')
  await kubectl('delete', 'pvc', 'data-ordershop-redis-0', '--timeout=60s')
  await kubectl('scale', 'statefulset/ordershop-redis', '--replicas=1')
  await newVolume()
  await kubectl('rollout', 'status', 'statefulset/ordershop-redis', '--timeout=120s')
  await eventually(async () => expect((await archived()).events).toBe(0), {
    withinMs: 60_000,
    everyMs: 1_000,
  })
  // It serves the archive, and is ready again once it has found the new Redis.
  await kubectl('rollout', 'status', 'deploy/ordershop-archiver', '--timeout=60s')
  const restored: { events: number }[] = JSON.parse(await shop.ops('--json', 'archive', 'restore'))
  await kubectl('scale', ...deployments, '--replicas=1')
  for (const deployment of deployments) await kubectl('rollout', 'status', deployment, '--timeout=120s')
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
  await eventually(async () => expect((await archived()).behind).toBe(0), {
    withinMs: 120_000,
    everyMs: 2_000,
  })
  const found: { problem: string }[] = JSON.parse(await shop.ops('--json', 'archive', 'verify'))
  expect(found.filter(({ problem }) => problem !== 'none')).toEqual([])
})

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

async function archived(): Promise<{ events: number; behind: number }> {
  const topics: Record<string, unknown>[] = JSON.parse(await shop.ops('--json', 'archive', 'status'))
  const sum = (name: string) => topics.reduce((all, topic) => all + Number(topic[name]), 0)
  return { events: sum('events'), behind: sum('behind') }
}
