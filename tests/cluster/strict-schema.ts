// Schemas as Kubernetes gives them let unknown fields pass: the API server drops them. A typing error would then be
// silence, so here an object that names its fields has no others.
type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

// Below these, keys are names of fields and not words of JSON Schema.
const holdsNames = ['properties', 'definitions']
// Descriptions are most of the text; validations are in CEL, which kubeconform does not speak.
const left = ['description', 'format', 'x-kubernetes-validations']

/** A schema of an OpenAPI 2 document or of a CustomResourceDefinition, made strict. */
export function strictSchema(schema: Json, areNames = false): Json {
  if (Array.isArray(schema)) return schema.map((item) => strictSchema(item))
  if (typeof schema !== 'object' || schema === null) return schema
  if (!areNames && schema.type === 'string' && schema.format === 'int-or-string')
    return { type: ['string', 'integer'] }
  const kept = Object.entries(schema).filter(([key]) => areNames || !left.includes(key))
  const strict = Object.fromEntries(
    kept.map(([key, value]) => [key, strictSchema(value, !areNames && holdsNames.includes(key))]),
  )
  const isOpen = strict['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in strict
  return !areNames && strict.properties && !isOpen ? { ...strict, additionalProperties: false } : strict
}

/** How kubeconform's `{{.ResourceKind}}{{.KindSuffix}}.json` spells a kind. */
export function schemaFile({
  group,
  version,
  kind,
}: {
  group: string
  version: string
  kind: string
}): string {
  const parts = [kind.toLowerCase(), group.split('.')[0], version]
  return `${parts.filter(Boolean).join('-')}.json`
}
