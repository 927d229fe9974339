// One example of each operation: what is sent, and what is answered in a shop where the others were sent before.
import { type EntityKind, entityKinds, exampleOf, priceOf } from '@ordershop/contracts'
import { article } from '../article/resources.ts'
import { resources } from '../v1/resources.ts'
import type { Example } from './example.ts'
import { logExamples } from './examples-log.ts'
import { opsExamples } from './examples-ops.ts'

const customer = exampleOf('customer_created').data
const product = exampleOf('product_created').data
const inventory = exampleOf('inventory_created').data
const { status: _, wants: __, ...created } = exampleOf('order_created').data
const [lamps] = created.lines
const twoLamps = [product.product_id, product.product_id]
const total_cents = 2 * product.price_cents
const order = { ...created, product_ids: twoLamps, lines: [lamps], total_cents, status: 'confirmed' }
const { billing_id } = exampleOf('billing_created').data
const billed_at = '2026-01-02T03:04:05.678Z'
const { order_id, customer_id, currency } = order
const billing = { billing_id, order_id, customer_id, total_cents, currency, billed_at }

type Kind = { readonly id: string; readonly input: object; readonly shown: object }

const { name, email } = customer
const price_cents = product.price_cents
const { product_id, amount } = inventory
const basket = { customer_id, product_ids: twoLamps }

const v1: Readonly<Record<EntityKind, Kind>> = {
  customer: { id: customer_id, input: { name, email }, shown: customer },
  product: { id: product_id, input: { name: product.name, price_cents }, shown: product },
  inventory: { id: inventory.inventory_id, input: { product_id, amount }, shown: inventory },
  order: { id: order_id, input: basket, shown: order },
  billing: { id: billing_id, input: { order_id }, shown: billing },
}

const price = priceOf(price_cents)
const articles: Readonly<Record<EntityKind, object>> = {
  customer: { name, email },
  product: { name: product.name, price },
  inventory: { product_id, amount },
  order: { ...basket, status: 'confirmed' },
  billing: { order_id, customer_id, total: priceOf(total_cents), done: billed_at },
}
const inputs: Readonly<Record<EntityKind, object>> = { ...articles, order: basket, billing: { order_id } }

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`

function ofV1(kind: EntityKind): [string, Example][] {
  const { id, input, shown } = v1[kind]
  const list = capital(resources[kind].path.slice('/v1/'.length))
  const parameters = { id }
  return [
    [`create${list}`, { body: input, answer: shown }],
    [`list${list}`, { parameters: { limit: 100 }, answer: { items: [shown], next: null } }],
    [`get${capital(kind)}`, { parameters, answer: shown }],
    [`replace${capital(kind)}`, { parameters, body: input, answer: shown }],
    [`change${capital(kind)}`, { parameters, body: input, answer: shown }],
    [`delete${capital(kind)}`, { parameters }],
  ]
}

function ofArticle(kind: EntityKind): [string, Example][] {
  const { id } = v1[kind]
  const { list, one } = article[kind]
  const parameters = { id }
  const shown = { id, ...articles[kind] }
  return [
    [`article-create-${one.slice(1)}`, { body: inputs[kind], answer: [id] }],
    [`article-create-${list.slice(1)}`, { body: [inputs[kind]], answer: [id] }],
    [`article-list-${kind}`, { answer: [shown] }],
    [`article-get-${kind}`, { parameters, answer: shown }],
    [`article-put-${kind}`, { parameters, body: inputs[kind], answer: true }],
    [`article-delete-${kind}`, { parameters, answer: true }],
  ]
}

const shownOf = (kind: EntityKind) => ({ id: v1[kind].id, ...articles[kind] })
const report = Object.fromEntries(entityKinds.map((kind) => [article[kind].list.slice(1), [shownOf(kind)]]))

/** By operationId. */
export const operationExamples: ReadonlyMap<string, Example> = new Map([
  ...entityKinds.flatMap(ofV1),
  ...entityKinds.flatMap(ofArticle),
  ...logExamples((kind) => v1[kind].id),
  ...opsExamples,
  ['article-report', { answer: report }],
  ['article-unbilledOrders', { answer: [shownOf('order')] }],
  ['openapi', { answer: { openapi: '3.1.1' } }],
  ['asyncapi', { answer: { asyncapi: '3.0.0' } }],
])
