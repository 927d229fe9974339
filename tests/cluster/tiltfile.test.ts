import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceNames } from '@ordershop/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../root.ts'
import { argumentsOf, needStarlark } from './tilt.ts'
import { afterEdit, isIn } from './tilt-edits.ts'
import { containersOf, named, repositoryOf } from './tilt-objects.ts'
import { type Plan, planOf } from './tilt-plan.ts'

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
const services = serviceNames.map((service) => `ordershop/${service}`)

let shop: Plan

beforeAll(async () => {
  await needStarlark()
  shop = await planOf()
}, 180_000)

describe('images', () => {
  test('every image of ours that a pod runs is built, and none that no pod runs', () => {
    const run = shop.manifests.flatMap(containersOf).map(({ image }) => repositoryOf(image))
    const ours = run.filter((image) => image.startsWith('ordershop/'))
    expect(ours.length).toBeGreaterThan(0)
    expect([...new Set(ours)].sort()).toEqual(shop.images.map(({ ref }) => ref).sort())
  })

  test('every service has an image of its own', () => {
    expect(shop.images.map(({ ref }) => ref)).toEqual(expect.arrayContaining(services))
  })

  test('the Dockerfile has the stage and the argument that an image is built with, and finds all that it copies', () => {
    for (const { ref, target, build_args, context, only } of shop.images) {
      expect(dockerfile, ref).toMatch(new RegExp(`^FROM \\S+ AS ${target}$`, 'm'))
      const [[argument, value] = []] = Object.entries(build_args)
      expect(dockerfile, ref).toMatch(new RegExp(`^ARG ${argument}=`, 'm'))
      const folder = argument === 'SERVICE' ? `services/${value}` : `${value}`
      const copied = dockerfile
        .match(/^COPY (?!--from).+(?= \S+$)/gm)
        ?.flatMap((line) => line.replace('COPY ', '').replace(`\${PACKAGE}`, folder).split(' '))
      expect(copied, ref).toContain(folder)
      expect(context).toBe('.')
      for (const path of copied ?? [])
        expect(
          only.some((one) => isIn(path, one)),
          `${ref}: ${path}`,
        ).toBe(true)
    }
  })
})

describe('an edit', () => {
  const edit = (file: string) => afterEdit(shop.images, file)
  const workdir = dockerfile.match(/^WORKDIR (\/\w+)$/m)?.[1]

  test('of a service goes into its own pods alone, to where its image has it', () => {
    for (const service of serviceNames) {
      const file = `services/${service}/src/main.ts`
      expect(edit(file)).toEqual({ [`ordershop/${service}`]: `${workdir}/${file}` })
    }
  })

  test('of a lib goes into the pods of every service', () => {
    const file = 'libs/core/src/index.ts'
    const { 'ordershop/ops': ops, 'ordershop/check': check, ...others } = edit(file)
    expect(others).toEqual(Object.fromEntries(services.map((image) => [image, `${workdir}/${file}`])))
    expect([ops, check]).toEqual(['rebuilt', 'rebuilt'])
  })

  test('of what a service depends on rebuilds its image; of the lockfile, every image', () => {
    expect(edit('services/order/package.json')).toEqual({ 'ordershop/order': 'rebuilt' })
    const all = Object.fromEntries(shop.images.map(({ ref }) => [ref, 'rebuilt']))
    for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
      expect(edit(file)).toEqual(all)
  })

  test('of a tool touches no service, and of the documentation nothing', () => {
    expect(edit('tools/ops/src/ops.ts')).toEqual({ 'ordershop/ops': 'rebuilt' })
    for (const file of ['README.md', 'docs/adr/0001.md', 'charts/ordershop/values.yaml'])
      expect(edit(file)).toEqual({})
  })

  test('of a lib or a tool neither ends the toolbox nor takes the mails that were caught', () => {
    for (const name of ['toolbox', 'mailbox'])
      expect(shop.resources.get(name)).toMatchObject({ byHand: true, atStart: true })
    expect(shop.resources.get('order')).toMatchObject({ byHand: false })
  })

  test('finds files that the process may overwrite, owned by the user it runs as', () => {
    const synced = new Set(shop.images.filter(({ live_update }) => live_update).map(({ ref }) => ref))
    const containers = shop.manifests
      .flatMap(containersOf)
      .filter(({ image }) => synced.has(repositoryOf(image)))
    expect(containers.map(({ name }) => name).sort()).toEqual([...serviceNames].sort())
    for (const { name, securityContext } of containers)
      expect(securityContext?.readOnlyRootFilesystem, name).toBe(false)
  })
})

describe('resources', () => {
  test('every service is one, called by its name, in the group of services', () => {
    for (const service of serviceNames) expect(shop.resources.get(service)?.labels).toEqual(['services'])
  })

  test.each([
    ['no choice'],
    ['--redis=sentinel'],
    ['--redis=cluster'],
    ['--autoscaling'],
    ['--observability'],
    ['--load'],
  ])('with %s all of them stand in a group and wait only for what there is', async (flag) => {
    const { resources } = await planOf({ flags: flag.startsWith('--') ? [flag] : [] })
    for (const { name, labels, waitsFor } of resources.values()) {
      expect(labels, name).toHaveLength(1)
      for (const other of waitsFor) expect([...resources.keys()], name).toContain(other)
    }
  })

  test.each(['embedded', 'sentinel', 'cluster'])(
    'with %s Redis everything is in one namespace, which admits restricted pods only',
    async (mode) => {
      const { manifests } = await planOf({ flags: [`--redis=${mode}`] })
      const namespace = manifests.find(({ kind }) => kind === 'Namespace')
      expect(namespace?.metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'restricted' })
      for (const { kind, metadata } of manifests)
        if (kind !== 'Namespace')
          expect(metadata.namespace, `${kind} ${metadata.name}`).toBe(namespace?.metadata.name)
    },
  )

  test('gateway and mailbox are reached at the same ports in every cluster: mapped in kind, else forwarded', async () => {
    const nodePorts = shop.manifests.flatMap(
      ({ spec }) => spec?.ports?.flatMap(({ nodePort }) => nodePort ?? []) ?? [],
    )
    expect(nodePorts.sort()).toEqual([30500, 30580])
    const forwards = ({ resources }: Plan) =>
      ['gateway', 'mailbox'].map((name) => resources.get(name)?.forwards)
    expect(forwards(shop)).toEqual([[], []])
    expect(forwards(await planOf({ context: 'minikube' }))).toEqual([[5000], [5080]])
    expect(shop.resources.get('gateway')?.links).toContain('http://127.0.0.1:5000/report')
    expect(shop.resources.get('mailbox')?.links).toEqual(['http://127.0.0.1:5080/messages'])
  })

  test('Tilt touches clusters of this machine only', () => {
    const [allowed] = argumentsOf(shop.calls, 'allow_k8s_contexts')
    expect(allowed?.contexts).toContain('kind-ordershop')
    expect(allowed?.contexts.filter((context) => /prod|eks|gke|aks/.test(context))).toEqual([])
  })
})

describe('Redis', () => {
  const wanted = [
    ['embedded', 'REDIS_URL'],
    ['sentinel', 'REDIS_SENTINELS'],
    ['cluster', 'REDIS_CLUSTER_NODES'],
  ] as const

  test.each(wanted)(
    '%s: the services find it, know its password, and wait for it',
    async (mode, variable) => {
      const { manifests, resources } = await planOf({ flags: [`--redis=${mode}`] })
      const redis = [...resources.values()]
        .filter(({ labels }) => labels.includes('redis'))
        .map(({ name }) => name)
      expect(redis.length).toBeGreaterThan(0)
      const keys = manifests.filter(({ kind }) => kind === 'Secret').flatMap(keysOf)
      for (const service of serviceNames) {
        const { waitsFor, manifests: [workload] = [] } = resources.get(service) ?? {}
        expect(waitsFor, service).toEqual(redis)
        const env = workload ? containersOf(workload).flatMap(({ env = [] }) => env) : []
        const hosts =
          env.find(({ name }) => name === variable)?.value?.match(/[a-z][-a-z0-9.]+(?=:\d)/g) ?? []
        expect(hosts.length, service).toBeGreaterThan(0)
        for (const host of hosts) expect(named(manifests, 'Service'), host).toContain(serviceOf(host))
        const volumes = workload?.spec?.template?.spec.volumes ?? []
        const password = volumes.find(({ name }) => name === 'redis-user')?.secret
        expect(keys, service).toContain(`${password?.secretName}/${password?.items?.[0]?.key}`)
      }
    },
  )

  test.each(wanted)('%s: every Secret that a pod names is made', async (mode) => {
    const { manifests } = await planOf({ flags: [`--redis=${mode}`] })
    const keys = manifests.filter(({ kind }) => kind === 'Secret').flatMap(keysOf)
    const refs = manifests
      .flatMap(containersOf)
      .flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []))
    expect(refs.length).toBeGreaterThan(0)
    for (const { name, key } of refs) expect(keys).toContain(`${name}/${key}`)
  })

  test('any other word is refused with the words that are expected', async () => {
    await expect(planOf({ flags: ['--redis=standalone'] })).rejects.toThrow(
      '--redis=standalone: expected one of embedded, sentinel, cluster',
    )
  })

  const keysOf = ({ metadata, data, stringData }: Plan['manifests'][number]) =>
    Object.keys({ ...data, ...stringData }).map((key) => `${metadata.name}/${key}`)
  /** A pod of a headless service has its service behind its own name. */
  const serviceOf = (host: string) => {
    const [first = '', second] = host.split('.')
    return /-\d+$/.test(first) ? second : first
  }
})
