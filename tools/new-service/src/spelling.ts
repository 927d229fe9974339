// Templates and edits are written for a service `gift-card` on port 5011 that, where it reacts, reacts to `customer`.
import { camelCase, noCase, pascalCase, snakeCase } from 'change-case'
import pluralize from 'pluralize'

export type NewService = {
  /** In kebab-case: the service, its folder, its topic and its group. */
  readonly name: string
  readonly port: number
  /** The topic whose `…_created` it reacts to; without one it takes commands over HTTP. */
  readonly topic?: string
}

/** What spells a made-up text for a service: `createGiftCards` becomes `createVouchers`. */
export function spelledFor({ name, port, topic = 'customer' }: NewService): (text: string) => string {
  const names = pluralize(name)
  const spellings: Readonly<Record<string, string>> = {
    ...{ 'gift-card': name, 'gift-cards': names },
    ...{ 'gift card': noCase(name), 'gift cards': noCase(names) },
    ...{ gift_card: snakeCase(name) },
    ...{ giftCard: camelCase(name), giftCards: camelCase(names) },
    ...{ GiftCard: pascalCase(name), GiftCards: pascalCase(names) },
    // Biome wants `groups.voucher` where no dash forbids it.
    "groups['gift-card']": name.includes('-') ? `groups['${name}']` : `groups.${name}`,
    ...{ customer: topic, customer_: `${snakeCase(topic)}_`, 'customer.': `${camelCase(topic)}.` },
    5011: String(port),
  }
  const longestFirst = Object.keys(spellings).sort((a, b) => b.length - a.length)
  const madeUp = new RegExp(longestFirst.join('|').replaceAll(/[.[\]]/g, '\\$&'), 'g')
  return (text) => text.replaceAll(madeUp, (met) => spellings[met] ?? met)
}
