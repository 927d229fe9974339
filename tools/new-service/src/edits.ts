// What must know a new service: each edit finds its place by the line that it stands before, or says that it did not.
import { AppError } from '@ordershop/core'
import type { Names } from './names.ts'

export type NewService = { readonly names: Names; readonly port: number; readonly reacts: boolean }

type Edit = (text: string, service: NewService, file: string) => string

/** Puts a line before the only place where `anchor` stands. */
const before =
  (anchor: string, line: (service: NewService) => string): Edit =>
  (text, service, file) => {
    if (text.split(anchor).length !== 2)
      throw new AppError(
        'internal',
        `${file}: expected ${JSON.stringify(anchor)} in it once, to write before it`,
      )
    return text.replace(anchor, () => line(service) + anchor)
  }

const withSchema: Edit = (text, { names, reacts }) => {
  const schema = JSON.parse(text)
  schema.properties.services.properties[names.kebab] = { $ref: '#/$defs/service_of' }
  if (reacts) schema.$defs.service_of.properties.group.enum.push(names.kebab)
  return `${JSON.stringify(schema, null, 2)}\n`
}

const onlyIfReacting =
  (edit: Edit): Edit =>
  (text, service, file) =>
    service.reacts ? edit(text, service, file) : text

/** By file; each gets the text that the one before it has given. */
export const edits: Readonly<Record<string, readonly Edit[]>> = {
  'libs/contracts/src/catalog.ts': [
    before(
      "import { billingEvents } from './billing.ts'\n",
      ({ names }) => `import { ${names.camel}Events } from './${names.kebab}.ts'\n`,
    ),
    before(
      '} as const\n\n/** A kind of entity',
      ({ names }) => `  '${names.kebab}': ${names.camel}Events,\n`,
    ),
  ],
  'libs/contracts/src/index.ts': [
    before(
      'export { catalog, ',
      ({ names: { camel, pascal, kebab } }) =>
        `export { type ${pascal}, ${camel}, ${camel}Events } from './${kebab}.ts'\n`,
    ),
  ],
  'libs/contracts/src/examples.ts': [
    before(
      '} satisfies { [Event in ShopEvent',
      ({ names: { snake } }) => `  ${snake}_created: { ${snake}_id: ids.customer, name: 'Ada' },\n`,
    ),
  ],
  'libs/contracts/src/services.ts': [
    before('} as const satisfies Readonly<Record<string, Service>>', ({ names, port, reacts }) => {
      const topics = reacts ? ", subscribesTo: ['customer']" : ''
      return `  '${names.kebab}': { port: ${port}${topics} },\n`
    }),
  ],
  'services/read-model/src/projection.ts': [
    before("    case 'mail_failed':\n", ({ names }) => `    case '${names.snake}_created':\n`),
  ],
  'charts/ordershop/values.yaml': [
    before('\nsmtp:\n', ({ names, port, reacts }) => {
      const group = reacts ? `    group: ${names.kebab}\n` : ''
      return `  ${names.kebab}:\n    port: ${port}\n${group}`
    }),
  ],
  'charts/ordershop/values.schema.json': [withSchema],
  'load-tests/soak.ts': [onlyIfReacting(before("'read-model']", ({ names }) => `'${names.kebab}', `))],
  'ARCHITECTURE.md': [
    before('\n`crm` begins the topic `mail`', ({ names: { kebab, snake }, port, reacts }) => {
      const topics = reacts ? 'customer' : ''
      return `| ${kebab} (${port}) | topic \`${kebab}\` | ${topics} | | \`${snake}_created\` |\n`
    }),
  ],
}
