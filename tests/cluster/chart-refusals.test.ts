import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart, helm } from '@ordershop/chart-tools/chart'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const sentinel = 'redis.mode=sentinel,redis.sentinel.nodes={a:26379}'
const standalone = 'redis.mode=standalone,redis.standalone.host=redis'
const tokens = 'gateway.auth.mode=required,gateway.auth.jwt.jwksUrl=https://id.example/jwks'
const apiKeys = 'gateway.auth.mode=required,gateway.auth.apiKeys.existingSecret=keys'
const unknown = (place: string, key: string) => [
  `at '${place}'`,
  `additional properties '${key}' not allowed`,
]

// What is set, and what the refusal has to name: the value, and what was expected.
const refusals: Record<string, readonly string[]> = {
  // Names that no value has; see the last test, too.
  'services.orders.replicas=2': unknown('/services', 'orders'),
  'services.order.hpa.max=2': unknown('/services/order/hpa', 'max'),
  'mailbox.service.port=1': unknown('/mailbox/service', 'port'),
  'networkPolicy.metricsFrom[0].pods=1': unknown('/networkPolicy/metricsFrom/0', 'pods'),
  'services.order.env.lower=1': unknown('/services/order/env', 'lower'),

  // Values of another kind than their own.
  'partitions=many': ["at '/partitions'", 'got string, want integer'],
  'partitions=0': ["at '/partitions'", 'got 0, want 1'],
  'ingress.host=5': ["at '/ingress/host'", 'got number, want string'],
  'toolbox.enabled=maybe': ["at '/toolbox/enabled'", 'got string, want boolean'],
  'redis.mode=replicated': ["at '/redis/mode'", "one of 'embedded', 'standalone', 'sentinel', 'cluster'"],
  'logLevel=verbose': ["at '/logLevel'", "one of 'trace', 'debug', 'info', 'warn', 'error', 'fatal'"],
  'image.pullPolicy=Sometimes': ["at '/image/pullPolicy'", "one of 'Always', 'IfNotPresent', 'Never'"],
  'services.gateway.service.type=Public': ["at '/services/gateway/service/type'", "'NodePort'"],
  'services.order.resources.limits.memory=1G': [
    "at '/services/order/resources/limits/memory'",
    "'1G'",
    '(Mi|Gi)',
  ],
  'defaults.resources.requests.cpu=half': ["at '/defaults/resources/requests/cpu'", "'half'"],
  'redis.sentinel.nodes={redis}': [
    "at '/redis/sentinel/nodes/0'",
    "'redis' does not match pattern",
    ':\\\\d{1,5}',
  ],
  'redis.embedded.image.digest=sha256:1': ["at '/redis/embedded/image/digest'", '[0-9a-f]{64}'],
  'smtp.url=mail.example': ["at '/smtp/url'", "'mail.example' does not match pattern", 'smtps?://'],
  'durability=always': ["at '/durability'", "'always'", 'fsync|memory|replicated'],
  'fullnameOverride=Shop': ["at '/fullnameOverride'", "'Shop'"],
  'services.gateway.service.nodePort=80': ["at '/services/gateway/service/nodePort'", 'got 80, want 30,000'],
  'defaults.opsPort=80': ["at '/defaults/opsPort'", 'got 80, want 1,024'],
  'internalAuth.enabled=yes': ["at '/internalAuth/enabled'", 'got string, want boolean'],
  'archive.memoryTarget=60': ["at '/archive/memoryTarget'", 'got 60, want 1'],
  'archive.keepMs=7d': ["at '/archive/keepMs'", 'got string, want null or integer'],
  'archive.backup.schedule=hourly': ["at '/archive/backup/schedule'", "'hourly' does not match pattern"],
  'archive.backup.keep=0': ["at '/archive/backup/keep'", 'got 0, want 1'],
  'archive.persistence.size=10GB': ["at '/archive/persistence/size'", '(Mi|Gi|Ti)'],
  'archive.persistence.accessModes={ReadOnlyMany}': [
    "at '/archive/persistence/accessModes/0'",
    "'ReadWriteOnce'",
  ],
  'archive.s3.bucket=s3://shop': ["at '/archive/s3/bucket'", "'s3://shop' does not match pattern"],
  'archive.s3.endpoint=minio:9000': ["at '/archive/s3/endpoint'", 'https?://'],

  'gateway.auth.mode=yes': ["at '/gateway/auth/mode'", "one of 'none', 'optional', 'required'"],
  'gateway.auth.jwt.algorithms={HS256}': ["at '/gateway/auth/jwt/algorithms/0'", "'RS256'"],
  'gateway.auth.jwt.jwksUrl=id.example': [
    "at '/gateway/auth/jwt/jwksUrl'",
    "'id.example' does not match pattern",
    'https?://',
  ],
  'gateway.auth.jwt.clockSkewSeconds=600': ["at '/gateway/auth/jwt/clockSkewSeconds'", 'got 600, want 300'],

  // Values taken away that the chart cannot do without.
  'redis.tls=null': ["at '/redis'", "missing property 'tls'"],
  'defaults.resources.limits.memory=null': ["at '/defaults/resources/limits'", "missing property 'memory'"],
  'services.order.port=null': ["at '/services/order'", "missing property 'port'"],

  // Values that do not go together.
  'services.order.replicas=9': ['services.order.replicas is 9', 'at most 8 (partitions)'],
  'defaults.replicas=3,partitions=2': ['.replicas is 3', 'at most 2 (partitions)'],
  'services.mail.hpa.enabled=true,services.mail.hpa.maxReplicas=9': [
    'services.mail.hpa.maxReplicas is 9',
    'at most 8',
  ],
  'services.mail.hpa.enabled=true,services.mail.hpa.minReplicas=5': [
    'services.mail.hpa.minReplicas is 5',
    'at most 4',
  ],
  'keda.enabled=true,services.crm.hpa.enabled=true': ['services.crm.hpa.enabled is true', 'expected false'],
  'keda.enabled=true,keda.minReplicas=9': ['keda.minReplicas is 9', 'at most 8 (partitions)'],
  'loadTests.test=stress': ["at '/loadTests/test'", "one of 'smoke', 'write-throughput'"],
  'loadTests.enabled=true,loadTests.test=order-journey': [
    'loadTests.test is order-journey',
    'expected mailbox.enabled to be true',
  ],
  'services.order.clients={gatway}': ['services.order.clients names gatway', 'expected one of', 'gateway'],
  'services.order.env.PORT=1': ['services.order.env.PORT', 'expected a variable that it leaves free'],
  'services.gateway.service.nodePort=30001': ['services.gateway.service.nodePort is 30001', 'expected none'],
  'redis.mode=standalone': ['redis.standalone.host is empty', 'expected a host name'],
  'redis.mode=sentinel': ['redis.sentinel.nodes is empty', 'expected host:port of each Sentinel'],
  'redis.mode=cluster': ['redis.cluster.nodes is empty', 'expected host:port of some nodes'],
  'redis.tls.enabled=true': ['redis.tls.enabled is true', 'expected false while redis.mode is embedded'],
  [`${standalone},redis.tls.enabled=true`]: ['redis.tls.existingSecret is empty', 'expected a Secret'],
  [`${standalone},redis.auth.password=a`]: ['redis.auth.password is set', 'redis.auth.existingSecret'],
  [`${sentinel},redis.auth.sentinelPasswordKey=a`]: [
    'redis.auth.sentinelPasswordKey is a',
    'redis.auth.existingSecret',
  ],
  'redis.auth.username=shop': ['redis.auth.username is shop', 'expected none while redis.mode is embedded'],
  'redis.appendfsync=always': ['redis.appendfsync is always', 'expected none while redis.mode is embedded'],
  [`${standalone},redis.auth.username=shop,redis.acl.existingSecret=users`]: [
    'redis.auth.username is shop',
    'expected none while redis.acl.existingSecret is users',
  ],
  [`${sentinel},redis.acl.existingSecret=users`]: [
    'redis.appendfsync is empty',
    'expected always while durability is replicated:1',
  ],
  [`${standalone},redis.tls.enabled=true,redis.tls.existingSecret=a,redis.tls.certKey=tls.crt`]: [
    "redis.tls.certKey is 'tls.crt'",
    'expected both or none',
  ],
  'durability=replicated:1': ['durability is replicated:1', 'expected fsync or memory'],
  'services.order.opsPort=5004': ['services.order.opsPort is 5004', 'expected another than its port'],
  'internalAuth.enabled=false,internalAuth.existingSecret=keys': [
    'internalAuth.existingSecret is keys',
    'expected none while internalAuth.enabled is false',
  ],
  'services.archiver.replicas=2': [
    'services.archiver.replicas is 2',
    'at most 1',
    'archive.s3.bucket is empty',
  ],
  'services.archiver.hpa.enabled=true': [
    'services.archiver.hpa.enabled is true',
    'one pod mounts the volume',
  ],
  'archive.backup.enabled=true,archive.enabled=false': [
    'archive.backup.enabled is true',
    'expected false while archive.enabled is false',
  ],
  'archive.backup.enabled=true,redis.mode=cluster,redis.cluster.nodes={redis:6379}': [
    'archive.backup.enabled is true',
    'expected false while redis.mode is cluster',
  ],
  'archive.backup.enabled=true,archive.persistence.accessModes={ReadWriteOncePod}': [
    'archive.backup.enabled is true',
    'expected archive.persistence.accessModes without ReadWriteOncePod',
  ],
  'archive.s3.prefix=a': ['archive.s3.bucket is empty', 'expected a bucket'],
  'archive.s3.bucket=shop': ['archive.s3.region is empty', 'expected the region of bucket shop'],
  'gateway.auth.apiKeys.existingSecret=keys': ['gateway.auth.mode is none', 'expected optional or required'],
  'gateway.auth.mode=required': ['gateway.auth.mode is required', 'expected gateway.auth.jwt.jwksUrl'],
  [`${tokens},gateway.auth.jwt.audience=shop`]: [
    'gateway.auth.jwt.issuer is empty',
    'expected that of tokens',
  ],
  [`${tokens},gateway.auth.jwt.issuer=a`]: ['gateway.auth.jwt.audience is empty', 'expected that of tokens'],
  [`${tokens},gateway.auth.jwt.existingSecret=a`]: ['gateway.auth.jwt.existingSecret is a', 'expected none'],
  [`${apiKeys},gateway.auth.jwt.issuer=a`]: ['gateway.auth.jwt.issuer is a', 'expected none'],
  [`${apiKeys},loadTests.enabled=true`]: ['loadTests.enabled is true', 'gateway.auth.testCredential'],
  'httpRoute.enabled=true': ['httpRoute.parentRefs is empty', 'expected a Gateway'],
  'mailbox.enabled=true,smtp.url=smtp://a': ['mailbox.enabled is true', 'expected false while smtp.url'],
}

const commands = { template: ['template'], install: ['install', '--dry-run=client'] }

test.each(Object.entries(refusals))('%s is refused by helm template and helm install', (settings, named) => {
  for (const [command, words] of Object.entries(commands)) {
    const { failed, stderr } = helm(...words, 'ordershop', chart, '--set', settings)
    expect(failed, `helm ${command} took ${settings}`).toBe(true)
    for (const part of named) expect(stderr, command).toContain(part)
  }
})

/** Paths of the maps in values, but of those whose keys are the user's own. */
function* maps(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  const own = [
    'annotations',
    'labels',
    'podAnnotations',
    'podLabels',
    'nodeSelector',
    'affinity',
    'serviceAccountAnnotations',
  ]
  if (typeof value !== 'object' || value === null || Array.isArray(value) || own.includes(path.at(-1) ?? ''))
    return
  yield path
  for (const [key, inner] of Object.entries(value)) yield* maps(inner, [...path, key])
}

test('an unknown value is refused in every map of values.yaml', () => {
  const paths = [...maps(parse(readFileSync(join(chart, 'values.yaml'), 'utf8')))]
  const surplus = paths.map((path) => `${[...path, 'surplus'].join('.')}=1`)
  const { stderr } = helm('template', 'ordershop', chart, '--set', surplus.join())
  const missing = paths
    .map((path) => unknown(path.map((key) => `/${key}`).join(''), 'surplus').join(': '))
    .filter((refusal) => !stderr.includes(refusal))
  expect(paths.length).toBeGreaterThan(30)
  expect(missing, stderr).toEqual([])
})
