import { ways } from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { manifestsOf, ofKind, workloadsOf } from './manifests.ts'
import { podsOf } from './pods.ts'

const kindsOfPods = ['CronJob', 'Deployment', 'Pod', 'StatefulSet', 'TestRun']

test('the pods of everything are found, whatever makes them', () => {
  const kinds = new Set(podsOf(manifestsOf('everything')).map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(kindsOfPods)
})

test.each(ways)(
  '%s: no pod has a token, root, privileges, system calls that it does not need, or the node',
  (way) => {
    for (const { where, spec } of podsOf(manifestsOf(way))) {
      expect(String(spec.automountServiceAccountToken), where).toBe('false')
      expect(spec.securityContext, where).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(spec.securityContext?.runAsUser, where).toBeGreaterThan(0)
      for (const shared of ['hostNetwork', 'hostPID', 'hostIPC'])
        expect(spec, where).not.toHaveProperty(shared)
      for (const volume of (spec.volumes as object[] | undefined) ?? [])
        expect(volume, where).not.toHaveProperty('hostPath')
    }
  },
)

test.each(ways)(
  '%s: no container, initial ones included, writes into its image or gains privileges',
  (way) => {
    const containers = podsOf(manifestsOf(way)).flatMap(({ where, containers }) =>
      containers.map((container) => [`${where} ${container.name}`, container] as const),
    )
    expect(containers.length).toBeGreaterThan(10)
    // Nothing more: what a container may change of its pod's settings is missing here.
    for (const [where, { securityContext }] of containers)
      expect(securityContext, where).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
  },
)

test('our images are started as they are: a command, or a probe that runs one, would need what they have not', () => {
  for (const { where, containers } of ways.flatMap((way) => podsOf(manifestsOf(way))))
    for (const container of containers.filter(({ image }) => image.startsWith('ordershop/'))) {
      expect(container, where).not.toHaveProperty('command')
      expect(JSON.stringify(container), where).not.toContain('"exec":')
    }
})

test('no pod can speak to the Kubernetes API, and none shares its account', () => {
  for (const way of ways) {
    const manifests = manifestsOf(way)
    const accounts = ofKind(manifests, 'ServiceAccount')
    for (const { kind, fullName, pod } of workloadsOf(manifests)) {
      expect(pod.automountServiceAccountToken, `${way}: ${fullName}`).toBe(false)
      if (kind === 'Pod') continue
      expect(pod.serviceAccountName, way).toBe(fullName)
      const account = accounts.find(({ metadata }) => metadata.name === fullName)
      expect(account?.automountServiceAccountToken, `${way}: ${fullName}`).toBe(false)
    }
  }
})
