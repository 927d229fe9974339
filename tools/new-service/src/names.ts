import { AppError } from '@ordershop/core'

/** One name in every spelling that the house has. */
export type Names = {
  /** `gift-card`: service, topic, folder. */
  readonly kebab: string
  /** `gift_card`: events and fields. */
  readonly snake: string
  /** `giftCard`: values. */
  readonly camel: string
  /** `GiftCard`: types and commands. */
  readonly pascal: string
}

/** @throws AppError `invalid` for a name that is not made of lower-case words and dashes, or is taken. */
export function namesOf(name: string, taken: readonly string[]): Names {
  if (!/^[a-z]{2,20}(-[a-z]{2,20}){0,2}$/.test(name))
    throw new AppError(
      'invalid',
      `new-service ${name}: expected one to three lower-case words, e.g. gift-card`,
    )
  if (taken.includes(name))
    throw new AppError(
      'conflict',
      `new-service ${name}: it is there already, expected a name beside ${taken.join(', ')}`,
    )
  const pascal = name.replaceAll(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase())
  const camel = `${pascal[0]?.toLowerCase()}${pascal.slice(1)}`
  return { kebab: name, snake: name.replaceAll('-', '_'), camel, pascal }
}

/** Templates are written for gift-cards. */
export function renamed(text: string, { kebab, snake, camel, pascal }: Names): string {
  return text
    .replaceAll('gift-card', kebab)
    .replaceAll('gift_card', snake)
    .replaceAll('giftCard', camel)
    .replaceAll('GiftCard', pascal)
}
