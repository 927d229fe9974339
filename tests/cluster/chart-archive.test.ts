import { chart, helm, ways } from '@ordershop/chart-tools/chart'
import { serviceNames } from '@ordershop/contracts'
import { describe, expect, test } from 'vitest'
import { type Manifest, manifestsOf, ofKind, variable, type Workload, workloadsOf } from './manifests.ts'

const readers = [...serviceNames.filter((name) => name !== 'archiver'), 'test']
const named = (manifests: readonly Manifest[], name: string): Workload => {
  const found = workloadsOf(manifests).find((workload) => workload.name === name)
  if (!found) throw new Error(`there is no workload ${name}, expected one`)
  return found
}
const strategyOf = (manifests: readonly Manifest[]) =>
  ofKind(manifests, 'Deployment').find(({ metadata }) => metadata.name.endsWith('-archiver'))?.spec.strategy
const secretOf = ({ container }: Workload, name: string) =>
  container.env?.find((entry) => entry.name === name)?.valueFrom?.secretKeyRef

describe('on a volume', () => {
  const manifests = manifestsOf('default')

  test('the archiver alone mounts it, and the others read it there over HTTP', () => {
    const archiver = named(manifests, 'archiver')
    expect(variable(archiver, 'ARCHIVE_URL')).toBe('file:///archive')
    expect(archiver.container.volumeMounts).toContainEqual({ name: 'archive', mountPath: '/archive' })
    for (const name of readers) {
      const reader = named(manifests, name)
      expect([name, variable(reader, 'ARCHIVE_URL')]).toEqual([name, 'http://ordershop-archiver:5010'])
      expect(JSON.stringify(reader.container.volumeMounts ?? []), name).not.toContain('archive')
    }
    const [claim] = ofKind(manifests, 'PersistentVolumeClaim')
    expect(archiver.pod.volumes).toContainEqual({
      name: 'archive',
      persistentVolumeClaim: { claimName: claim?.metadata.name },
    })
  })

  test.each(ways.filter((way) => ofKind(manifestsOf(way), 'PersistentVolumeClaim').length > 0))(
    '%s: there is one archiver, whatever the others have, and a new one waits until the old one has left it',
    (way) => {
      expect(named(manifestsOf(way), 'archiver').replicas).toBe(1)
      expect(strategyOf(manifestsOf(way))).toEqual({ type: 'Recreate' })
    },
  )

  test('it may be switched off by its replicas, as any other', () => {
    const { stdout } = helm('template', 'ordershop', chart, '--set', 'services.archiver.replicas=0')
    expect(stdout).toMatch(/name: ordershop-archiver\n(?:.*\n)*? {2}replicas: 0\n/)
  })

  test('the claim is what values say, and is kept when the release is uninstalled', () => {
    const [claim] = ofKind(manifestsOf('placed'), 'PersistentVolumeClaim')
    expect(claim?.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' })
    expect(claim?.spec).toEqual({
      accessModes: ['ReadWriteOncePod'],
      storageClassName: 'slow',
      resources: { requests: { storage: '1Ti' } },
    })
  })
})

describe('a backup', () => {
  test('on a volume is made beside the archiver, which has it mounted', () => {
    const backup = named(manifestsOf('standalone-tls'), 'backup')
    expect(variable(backup, 'ARCHIVE_URL')).toBe('file:///archive')
    expect(backup.container.volumeMounts).toContainEqual({ name: 'archive', mountPath: '/archive' })
    expect(JSON.stringify(backup.pod)).toMatch(/"podAffinity":.*"app.kubernetes.io\/component":"archiver"/)
  })

  test('in a bucket has its keys, and needs no volume but room for one file', () => {
    const backup = named(manifestsOf('bucket'), 'backup')
    expect(variable(backup, 'ARCHIVE_URL')).toBe('s3://shop-archive/production/eu')
    expect(secretOf(backup, 'AWS_ACCESS_KEY_ID')).toEqual({ name: 'archive-keys', key: 'AWS_ACCESS_KEY_ID' })
    const volumes = (backup.pod.volumes ?? []).filter(({ name }) => name !== 'redis-user')
    expect(volumes).toEqual([{ name: 'backup', emptyDir: { sizeLimit: '2Gi' } }])
  })

  test('is none unless it is asked for', () => {
    expect(ofKind(manifestsOf('default'), 'CronJob')).toEqual([])
  })
})

describe('in a bucket', () => {
  const manifests = manifestsOf('bucket')

  test('every process knows it, and has its keys from the Secret', () => {
    for (const name of ['archiver', 'toolbox', ...readers]) {
      const workload = named(manifests, name)
      expect(variable(workload, 'ARCHIVE_URL'), name).toBe('s3://shop-archive/production/eu')
      expect(variable(workload, 'ARCHIVE_S3_ENDPOINT'), name).toBe('http://minio.storage:9000')
      // Without one the SDK does not even ask.
      expect(variable(workload, 'AWS_REGION'), name).toBe('us-east-1')
      for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
        expect(secretOf(workload, key), name).toEqual({ name: 'archive-keys', key })
    }
  })

  test('no volume is asked for, and several archivers share the work', () => {
    expect(ofKind(manifests, 'PersistentVolumeClaim')).toEqual([])
    const archiver = named(manifests, 'archiver')
    expect(archiver.replicas).toBe(2)
    expect(JSON.stringify(archiver.pod.volumes)).not.toContain('persistentVolumeClaim')
    expect(strategyOf(manifests)).toMatchObject({ type: 'RollingUpdate' })
  })

  test('without keys every service account has the annotations by which AWS gives it a role', () => {
    const way = manifestsOf('cluster')
    expect(variable(named(way, 'order'), 'AWS_REGION')).toBe('eu-west-1')
    expect(secretOf(named(way, 'order'), 'AWS_ACCESS_KEY_ID')).toBeUndefined()
    const roles = ofKind(way, 'ServiceAccount').map(({ metadata }) => metadata.annotations)
    expect(roles).toHaveLength(serviceNames.length)
    for (const role of roles) expect(role).toHaveProperty(['eks.amazonaws.com/role-arn'])
  })
})

test('the archiver alone is told what is to stay in Redis: as much as there is room for, or less', () => {
  const names = ['ARCHIVE_MEMORY_TARGET', 'ARCHIVE_KEEP_EVENTS', 'ARCHIVE_KEEP_MS']
  const told = (way: (typeof ways)[number], name: string) =>
    names.map((variableName) => variable(named(manifestsOf(way), name), variableName))
  expect(told('default', 'archiver')).toEqual(['0.6', undefined, undefined])
  expect(told('bucket', 'archiver')).toEqual(['0.5', '0', '2592000000'])
  for (const name of readers) expect(told('bucket', name)).toEqual([undefined, undefined, undefined])
})

test('without an archive there is no archiver, and nobody hears of one', () => {
  expect(workloadsOf(manifestsOf('bare')).map(({ name }) => name)).not.toContain('archiver')
  // But Redis, whose users are those of every release.
  const others = manifestsOf('bare').filter(({ metadata }) => !metadata.name.startsWith('ordershop-redis'))
  expect(JSON.stringify(others)).not.toMatch(/archive/i)
})

test('who installs it is told where the archive is, or warned that there is none', () => {
  const notes = (...set: string[]) =>
    helm('install', 'ordershop', chart, '--dry-run=client', ...set.flatMap((value) => ['--set', value]))
      .stdout
  expect(notes()).toContain('on the volume claim ordershop-archive')
  expect(notes('archive.s3.bucket=shop', 'archive.s3.region=eu-west-1')).toContain('in bucket shop.')
  expect(notes('archive.enabled=false')).toContain(
    'WARNING: archive.enabled is false. Redis is the only place',
  )
})
