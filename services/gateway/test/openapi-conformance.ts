import type { Served } from '@ordershop/service/testing'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { document } from '../src/openapi/document.ts'

type Operation = {
  requestBody?: object
  responses: Record<string, { $ref?: string; content?: object; headers?: Record<string, { $ref: string }> }>
}
type Header = { required: boolean; schema: object }

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema(document, 'openapi')

const patterns = Object.keys(document.paths ?? {}).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Sends requests, and throws when an answer, or the body of a request that was accepted, is not as /openapi.json says. */
export function conforming(request: Served['request']): Served['request'] {
  return async (method, path, body, headers) => {
    const answer = await request(method, path, body, headers)
    const [plain = ''] = path.split('?')
    const template = patterns.find(({ pattern }) => pattern.test(plain))?.path
    const place = `/paths/${escaped(template ?? '')}/${method.toLowerCase()}`
    const operation = template === undefined ? undefined : (at(place) as Operation | undefined)
    const what = `${method} ${path} → ${answer.status}`
    if (!operation) {
      check(what, '/components/schemas/Problem', answer.body)
      return answer
    }
    const response = operation.responses[answer.status]
    if (!response) throw new Error(`${what}: no such status in /openapi.json`)
    const described = response.$ref?.slice(1) ?? `${place}/responses/${answer.status}`
    const { content, headers: named = {} } = at(described) as typeof response
    const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
    if (content && !Object.hasOwn(content, type)) throw new Error(`${what}: Content-Type ${type}`)
    if (content) check(what, `${described}/content/${escaped(type)}/schema`, answer.body)
    for (const [name, header] of Object.entries(named)) checkHeader(what, name, header.$ref, answer.headers)
    if (answer.status < 300 && operation.requestBody) {
      const sent = method === 'PATCH' ? 'merge-patch+json' : 'json'
      check(what, `${place}/requestBody/content/application~1${sent}/schema`, body)
    }
    return answer
  }
}

function checkHeader(what: string, name: string, reference: string, headers: Headers): void {
  const { required } = at(reference.slice(1)) as Header
  const value = headers.get(name)
  if (value !== null) check(`${what} ${name}`, `${reference.slice(1)}/schema`, value)
  else if (required) throw new Error(`${what}: expected the header ${name}`)
}

function check(what: string, pointer: string, value: unknown): void {
  const validate = ajv.getSchema(`openapi#${encodeURI(pointer)}`)
  if (!validate) throw new Error(`/openapi.json has nothing at ${pointer}`)
  if (!validate(value))
    throw new Error(`${what}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`)
}

function escaped(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

function at(pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    document,
  )
}
