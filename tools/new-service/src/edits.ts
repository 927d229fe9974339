// What must know of a new service besides its own folder. Each edit finds its place, or says which it expected.
import { AppError } from '@ordershop/core'
import { type NewService, spelledFor } from './spelling.ts'

type Edit = (text: string, file: string) => string
type Edits = Readonly<Record<string, readonly Edit[]>>

/** Puts lines before the only place where `anchor` stands. */
export const before =
  (anchor: string, lines: string): Edit =>
  (text, file) => {
    const count = text.split(anchor).length - 1
    if (count === 1) return text.replace(anchor, () => lines + anchor)
    throw misplaced(file, `${JSON.stringify(anchor)} once, to write before it`, count)
  }

/** Puts lines after the last line that matches. */
export const afterLast =
  (line: RegExp, lines: string): Edit =>
  (text, file) => {
    const last = [...text.matchAll(new RegExp(`${line.source}\n`, 'gm'))].at(-1)
    if (!last) throw misplaced(file, `a line like ${line}, to write after it`, 0)
    const end = last.index + last[0].length
    return text.slice(0, end) + lines + text.slice(end)
  }

function misplaced(file: string, expected: string, found: number): AppError {
  return new AppError('internal', `new-service: ${file}: expected ${expected}, found it ${found} times`)
}

/** By file; each edit gets the text that the one before it has given. */
export function editsFor(service: NewService): Edits {
  return { ...contracts(service), ...chart(service), ...others(service) }
}

/** The types of its events, for `gift-card`. */
const typesOf = ({ topic }: NewService) =>
  (topic ? ['created'] : ['created', 'updated', 'deleted']).map((past) => `gift_card_${past}`)

function contracts(service: NewService): Edits {
  const { topic } = service
  const spelled = spelledFor(service)
  const fields = topic
    ? 'gift_card_id: customer.customer_id, customer_id: customer.customer_id'
    : "gift_card_id: '0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d08', name: 'Ada'"
  const subscribesTo = topic ? ", subscribesTo: ['customer']" : ''
  const examples = typesOf(service).map((type) => `  ${type}: giftCard,\n`)
  return {
    'libs/contracts/src/catalog.ts': [
      afterLast(/^import .* from '\.\/.*'/, spelled("import { giftCardEvents } from './gift-card.ts'\n")),
      before('} as const\n\n/** A kind of entity', spelled("  'gift-card': giftCardEvents,\n")),
    ],
    'libs/contracts/src/index.ts': [
      afterLast(
        /^.* from '\.\/.*'/,
        spelled("export { type GiftCard, giftCard, giftCardEvents } from './gift-card.ts'\n"),
      ),
    ],
    'libs/contracts/src/examples.ts': [
      before('\nconst data = {', spelled(`const giftCard = { ${fields} }\n`)),
      before('} satisfies { [Event in ShopEvent', spelled(examples.join(''))),
    ],
    'libs/contracts/src/services.ts': [
      before(
        '} as const satisfies Readonly<Record<string, Service>>',
        spelled(`  'gift-card': { port: 5011, owns: ['gift-card']${subscribesTo} },\n`),
      ),
    ],
    ...(topic
      ? {}
      : { 'libs/contracts/src/http.ts': [before("/** A write's position in the log", spelled(bodies))] }),
  }
}

const bodies = `/** PUT /gift-cards/:id */
export const updateGiftCard = z.object({ name: personOrProductName })
/** POST /gift-cards */
export const createGiftCards = itemsOf(updateGiftCard.extend({ gift_card_id: id }))

`

function chart(service: NewService): Edits {
  const { name, topic } = service
  const values = `  gift-card:\n    port: 5011\n${topic ? '    group: gift-card\n' : ''}`
  const withSchema: Edit = (text, file) => {
    const schema = JSON.parse(text)
    const known = schema.properties?.services?.properties
    const groups = schema.$defs?.service_of?.properties?.group?.enum
    if (!known || !groups) throw misplaced(file, 'the properties of services and the enum of their group', 0)
    known[name] = { $ref: '#/$defs/service_of' }
    if (topic) groups.push(name)
    return JSON.stringify(schema, null, 2)
  }
  return {
    'charts/ordershop/values.yaml': [before('\nsmtp:\n', spelledFor(service)(values))],
    'charts/ordershop/values.schema.json': [withSchema],
  }
}

function others(service: NewService): Edits {
  const { topic } = service
  const spelled = spelledFor(service)
  const types = typesOf(service)
  const row = `| gift-card (5011) | topic \`gift-card\` |${topic ? ' customer ' : ' '}| | \`${types.join('`, `')}\` |\n`
  return {
    'services/read-model/src/projection.ts': [
      before("    case 'mail_failed':\n", spelled(types.map((type) => `    case '${type}':\n`).join(''))),
    ],
    'ARCHITECTURE.md': [afterLast(/^\| [a-z-]+ \(\d{4}\) \|.*/, spelled(row))],
    ...(topic ? { 'load-tests/soak.ts': [before("'read-model'", spelled("'gift-card', "))] } : {}),
  }
}
