import { command } from '@ordershop/cluster/command'
import { serviceNames } from '@ordershop/contracts'
import { eventually } from '@ordershop/core/testing'
import { afterAll, expect, test } from 'vitest'
import { deleteNamespace, openShop, tellOnFailure } from './cluster-shop.ts'
import { startDrill } from './drill.ts'

const shop = await openShop('ordershop-test', { set: ['services.archiver.env.ARCHIVE_SEAL_MS=2000'] })
afterAll(() => deleteNamespace(shop.namespace))
const { kubectl, pods } = shop
/** Nothing lost, nothing out of order, every row as the log says: what the drill itself insists on, and orders all decided. */
const sound = { lost: 0, overtaken: 0, staleRows: 0, orders: { confirmed: expect.any(Number) } }

test('helm install brings every pod up, in a namespace that admits only restricted ones, and none was started twice', async () => {
  tellOnFailure(shop)
  const found = (await pods()).filter(({ leaving, component }) => !leaving && component !== 'test')
  const components = found.map(({ component }) => component).sort()
  expect(components).toEqual([...serviceNames, 'redis', 'mailbox', 'toolbox'].sort())
  expect(found.filter(({ ready, restarts }) => !ready || restarts > 0)).toEqual([])
})

test("helm test takes the article's nine steps, waits for an order's mails, and rebuilds the entity cache to the same rows", async () => {
  tellOnFailure(shop)
  const said = await command('helm', [
    'test',
    'ordershop',
    '--namespace',
    shop.namespace,
    '--logs',
    '--timeout',
    '4m',
  ])
  console.log(said)
  expect(said).toMatch(/Phase: +Succeeded/)
  for (const step of [/^1\. create customers: 10/m, /^9\. list the unbilled orders: 8 of these 10/m])
    expect(said).toMatch(step)
  expect(said).toMatch(/rebuilt as version \d+[\s\S]*its rows equal those before/)
})

test('an upgrade that restarts every service under load fails no request and loses no event, and Redis keeps its password', async () => {
  tellOnFailure(shop)
  const before = await pods()
  const drill = await startDrill(shop, 'upgrade')
  await drill.more(30)
  const restarted = serviceNames.map((name) => `services.${name}.podAnnotations.drill=upgrade`)
  await shop.upgrade(restarted)
  await drill.more(30)
  const verdict = await drill.finish()
  await eventually(async () => (await pods()).every(({ leaving }) => !leaving), {
    withinMs: 60_000,
    everyMs: 500,
  })
  const names = new Set((await pods()).map(({ name }) => name))
  const stayed = before.filter(({ name }) => names.has(name)).map(({ component }) => component)
  expect(stayed.filter((component) => component !== 'test').sort()).toEqual(['mailbox', 'redis', 'toolbox'])
  expect(verdict).toMatchObject({ ...sound, refused: 'nothing', repeatedMails: 0 })
})

test('pods of consumers deleted under load, gracefully and by force, lose nothing and keep the order of every product', async () => {
  tellOnFailure(shop)
  const drill = await startDrill(shop, 'deleted')
  await drill.more(30)
  for (const component of ['inventory', 'crm', 'read-model']) {
    await kubectl('delete', 'pod', '--wait=false', '--selector', `app.kubernetes.io/component=${component}`)
    await drill.more(30)
  }
  const force = ['--force', '--grace-period=0']
  await kubectl(
    'delete',
    'pod',
    ...force,
    '--selector',
    'app.kubernetes.io/component in (inventory, billing)',
  )
  await drill.more(60)
  expect(await drill.finish()).toMatchObject({ ...sound, refused: 'nothing' })
})

test('inventory scaled to 3 and back to 1 under load shares its partitions evenly each time, in order', async () => {
  tellOnFailure(shop)
  const drill = await startDrill(shop, 'scaled')
  for (const [replicas, shares] of [
    [1, [16]],
    [3, [6, 5, 5]],
    [1, [16]],
  ] as const) {
    await kubectl('scale', 'deploy/ordershop-inventory', `--replicas=${replicas}`)
    await eventually(async () => expect(await sharesOf('inventory')).toEqual(shares), {
      withinMs: 90_000,
      everyMs: 500,
    })
    await drill.more(45)
  }
  expect(await drill.finish()).toMatchObject({ ...sound, refused: 'nothing' })
})

test('the Redis pod killed under load comes back with everything it had acknowledged, and no service restarts', async () => {
  tellOnFailure(shop)
  const before = await pods()
  const drill = await startDrill(shop, 'redis')
  await drill.more(30)
  await kubectl('delete', 'pod', 'ordershop-redis-0', '--force', '--grace-period=0')
  await drill.more(30, 120_000)
  const verdict = await drill.finish()
  const others = (all: typeof before) =>
    all
      .filter(({ component }) => component !== 'redis' && component !== 'test')
      .map(({ name, restarts }) => `${name} started ${restarts + 1} times`)
      .sort()
  expect(others(await pods())).toEqual(others(before))
  expect(verdict).toMatchObject(sound)
})

test('the archiver killed by force under load goes on from its volume, where the toolbox finds every event over HTTP', async () => {
  tellOnFailure(shop)
  const drill = await startDrill(shop, 'archived')
  await drill.more(30)
  const archiver = ['--selector', 'app.kubernetes.io/component=archiver']
  await kubectl('delete', 'pod', '--force', '--grace-period=0', ...archiver)
  await drill.more(30)
  expect(await drill.finish()).toMatchObject({ ...sound, refused: 'nothing' })
  // A partition that it was at is held for half a minute.
  const events = await eventually(
    async () => {
      const topics = await archiveRows('status')
      expect(topics.filter(({ behind }) => behind !== 0)).toEqual([])
      return topics.reduce((sum, topic) => sum + Number(topic.events), 0)
    },
    { withinMs: 120_000, everyMs: 2_000 },
  )
  const found = await archiveRows('verify')
  expect(found.filter(({ problem }) => problem !== 'none')).toEqual([])
  expect(found.reduce((sum, partition) => sum + Number(partition.events), 0)).toBe(events)
})

async function archiveRows(command: 'status' | 'verify'): Promise<Record<string, unknown>[]> {
  return JSON.parse(await shop.ops('--json', 'archive', command))
}

/** How many partitions each member of a group owns, most first. */
async function sharesOf(group: string): Promise<number[]> {
  const lags = JSON.parse(await shop.ops('--json', 'lag', '--all')) as {
    group: string
    owner: string | null
  }[]
  const owners = lags.filter((lag) => lag.group === group && lag.owner !== null)
  return [...Map.groupBy(owners, ({ owner }) => owner).values()]
    .map((some) => some.length)
    .sort((a, b) => b - a)
}
