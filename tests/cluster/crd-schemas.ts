// Writes crds/: schemas of the custom kinds that the chart renders, from the CustomResourceDefinitions in the Go modules
// of those who define them. Needs go; run it by hand to take a newer version: node tests/cluster/crd-schemas.ts
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { schemaFile, strictSchema } from './strict-schema.ts'

type Definition = {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly {
      readonly name: string
      readonly storage: boolean
      readonly schema: { readonly openAPIV3Schema: Parameters<typeof strictSchema>[0] }
    }[]
  }
}

const sources: Record<string, readonly string[]> = {
  'github.com/kedacore/keda/v2@v2.21.0': ['config/crd/bases/keda.sh_scaledobjects.yaml'],
  'sigs.k8s.io/gateway-api@v1.4.1': ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  'github.com/grafana/k6-operator@v1.5.0': ['config/crd/bases/k6.io_testruns.yaml'],
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': [
    'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
    'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
    'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
  ],
}

const folder = join(import.meta.dirname, 'crds')
mkdirSync(folder, { recursive: true })
for (const [module, files] of Object.entries(sources)) {
  const downloaded = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' })
  for (const file of files) {
    const { spec }: Definition = parse(readFileSync(join(JSON.parse(downloaded).Dir, file), 'utf8'))
    const stored = spec.versions.find((version) => version.storage)
    if (!stored) throw new Error(`${file} of ${module} stores no version, expected one`)
    const kind = { group: spec.group, version: stored.name, kind: spec.names.kind }
    const schema = { $comment: module, ...(strictSchema(stored.schema.openAPIV3Schema) as object) }
    writeFileSync(join(folder, schemaFile(kind)), `${JSON.stringify(schema)}\n`)
    console.log(`${kind.kind} ${kind.version} of ${module}`)
  }
}
