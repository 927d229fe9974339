import { dirname } from 'node:path'
import { ways } from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { manifestsOf, variable, type Workload, workloadsOf } from './manifests.ts'

const everyWorkload = (): Workload[] => ways.flatMap((way) => workloadsOf(manifestsOf(way)))
const isNode = ({ name }: Workload) => name !== 'redis'

const isOfRedis = ({ name }: { name: string }) => /^REDIS_(URL|SENTINELS|CLUSTER_NODES)$/.test(name)

function mebibytes(quantity: string): number {
  const [, digits, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? []
  if (!unit) throw new Error(`memory is ${quantity}, expected Mi or Gi`)
  return Number(digits) * (unit === 'Gi' ? 1024 : 1)
}

function cores(quantity: string | number | undefined): number {
  const text = String(quantity)
  return text.endsWith('m') ? Number(text.slice(0, -1)) / 1_000 : Number(text)
}

test('the default shop fits a laptop: it requests less than 1.5 CPU and 2.5 GiB', () => {
  const running = workloadsOf(manifestsOf('default')).filter(({ kind }) => kind !== 'Pod')
  const sum = (amount: (workload: Workload) => number) =>
    running.reduce((total, workload) => total + amount(workload) * (workload.replicas ?? Number.NaN), 0)
  const cpu = sum(({ container }) => cores(container.resources.requests.cpu))
  const memory = sum(({ container }) => mebibytes(container.resources.requests.memory)) / 1024
  console.log(
    `default: ${running.length} workloads ask for ${cpu.toFixed(2)} CPU and ${memory.toFixed(2)} GiB`,
  )
  expect(running).toHaveLength(12)
  expect(cpu).toBeLessThan(1.5)
  expect(memory).toBeLessThan(2.5)
})

test('a process may take STOP_MS to stop, after preStop, before it is killed', () => {
  for (const workload of everyWorkload().filter(
    ({ name }) => isNode({ name } as Workload) && name !== 'test',
  )) {
    const served = workload.container.lifecycle?.preStop.sleep.seconds ?? 0
    const stopped = Number(variable(workload, 'STOP_MS')) / 1_000
    expect(stopped, workload.fullName).toBeGreaterThan(0)
    expect(workload.pod.terminationGracePeriodSeconds, workload.fullName).toBeGreaterThan(served + stopped)
  }
})

test("Node's heap is three quarters of its memory limit, of which little is for new objects", () => {
  const found = everyWorkload().filter(isNode)
  for (const workload of found) {
    const limit = mebibytes(workload.container.resources.limits.memory)
    const heap = `--max-old-space-size=${Math.floor(0.75 * limit)} --max-semi-space-size=4`
    expect(variable(workload, 'NODE_OPTIONS'), workload.fullName).toBe(heap)
  }
})

test('every image is of a named version', () => {
  for (const { fullName, container } of everyWorkload()) {
    expect(container.image, fullName).toMatch(/:\d[\w.-]*(@sha256:[0-9a-f]{64})?$/)
    expect(container.image, fullName).not.toContain('latest')
  }
})

test('a file that the environment names is in a whole Secret, so that a change of it arrives', () => {
  const named = everyWorkload().flatMap((workload) =>
    (workload.container.env ?? [])
      .filter(({ name }) => /^(AUTH|SMTP)_\w+_FILE$/.test(name))
      .map(({ value = '' }) => ({ workload, value })),
  )
  expect(named).toHaveLength(3)
  for (const { workload, value } of named) {
    const mounts = (workload.container.volumeMounts ?? []) as { mountPath: string; subPath?: string }[]
    const mount = mounts.find(({ mountPath }) => mountPath === dirname(value))
    expect(mount, value).toMatchObject({ readOnly: true })
    expect(mount).not.toHaveProperty('subPath')
  }
})

// In the way `cluster`, Redis asks for no password.
test.each(ways.filter((way) => way !== 'cluster'))(
  '%s: the password of Redis is a file, whoever runs it, so that a new one needs no restart',
  (way) => {
    const clients = workloadsOf(manifestsOf(way)).filter((one) => one.container.env?.some(isOfRedis))
    expect(clients.length).toBeGreaterThan(10)
    for (const { fullName, container } of clients) {
      expect(container.env, fullName).toContainEqual({
        name: 'REDIS_PASSWORD_FILE',
        value: '/etc/redis-user/password',
      })
      expect(
        container.env?.map(({ name }) => name),
        fullName,
      ).not.toContain('REDIS_PASSWORD')
      const mount = { name: 'redis-user', mountPath: '/etc/redis-user', readOnly: true }
      expect(container.volumeMounts, fullName).toContainEqual(mount)
    }
  },
)

test('a variable is set once', () => {
  for (const { fullName, container } of everyWorkload()) {
    const names = container.env?.map(({ name }) => name) ?? []
    expect(names, fullName).toEqual([...new Set(names)])
  }
})
