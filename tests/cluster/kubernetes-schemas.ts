import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'
import { schemaFile, strictSchema } from './strict-schema.ts'

type Definitions = Record<
  string,
  { 'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] }
>

/** Runs a program to its end, with `input` on its standard input; one that is missing is an error. */
export function run(program: string, args: readonly string[], input = '') {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  })
  if (error) throw new Error(`${program}: ${error.message}; expected it on PATH`)
  return { failed: status !== 0, stdout, stderr }
}

/** Writes schemas of every kind that the cluster knows, made strict; returns their folder. */
function clusterSchemas(): string {
  const { failed, stdout, stderr } = run('kubectl', ['get', '--raw', '/openapi/v2'])
  if (failed) throw new Error(`kubectl reaches no cluster, expected one: ${stderr}`)
  const openApi: { definitions: Definitions } = JSON.parse(stdout)
  const folder = join(root, '.test/schemas')
  mkdirSync(folder, { recursive: true })
  const { definitions } = strictSchema({ definitions: openApi.definitions }) as { definitions: Definitions }
  // A quantity may be written as a number, too.
  Object.assign(definitions['io.k8s.apimachinery.pkg.api.resource.Quantity'] ?? {}, {
    type: ['string', 'number'],
  })
  writeFileSync(join(folder, 'definitions.json'), JSON.stringify({ definitions }))
  for (const [name, definition] of Object.entries(definitions))
    for (const kind of definition['x-kubernetes-group-version-kind'] ?? [])
      writeFileSync(
        join(folder, schemaFile(kind)),
        JSON.stringify({ $ref: `definitions.json#/definitions/${name}` }),
      )
  return folder
}

/** Runs kubeconform over files or a folder: a kind without a schema is wrong, too. */
export function kubeconform(...paths: string[]) {
  const folders = [clusterSchemas(), join(import.meta.dirname, 'crds')]
  const locations = folders.flatMap((folder) => [
    '-schema-location',
    join(folder, '{{.ResourceKind}}{{.KindSuffix}}.json'),
  ])
  return run('kubeconform', ['-strict', '-summary', ...locations, ...paths])
}
