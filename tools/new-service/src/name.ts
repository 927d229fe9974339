// Which names a new service may have.
import { AppError } from '@ordershop/core'
import { camelCase, pascalCase } from 'change-case'
import reservedIdentifiers, { typeScriptReservedTypes } from 'reserved-identifiers'

/** Of Kubernetes' 63 characters the release's name needs some, too. */
const longestName = 30

/** Processes of the local shop and workloads of the chart that are no services. */
const otherPrograms = ['redis', 'mailbox', 'toolbox', 'load-tests']

/**
 * @param taken names of packages and topics.
 * @param code what the service's own code will stand in; a name that means something there already would be ambiguous.
 * @throws AppError `invalid` for a name that cannot be one, `conflict` for one that is taken.
 */
export function requireName(name: string, taken: readonly string[], code: readonly string[]): void {
  if (!/^[a-z]{2,}(-[a-z]{2,})*$/.test(name) || name.length > longestName)
    throw refusal(
      'invalid',
      name,
      `lower-case words with dashes between them, 2 to ${longestName} characters, e.g. gift-card`,
    )
  if ([...taken, ...otherPrograms].includes(name))
    throw refusal('conflict', name, 'a name that no service, package, program or topic has')
  const reserved = new Set([...reservedIdentifiers(), ...typeScriptReservedTypes(), ...code.flatMap(wordsOf)])
  const word = [camelCase(name), pascalCase(name)].find((spelling) => reserved.has(spelling))
  if (word) throw refusal('invalid', name, `another name, since ${word} means something else in the code`)
}

function refusal(code: 'invalid' | 'conflict', name: string, expected: string): AppError {
  return new AppError(code, `new-service ${JSON.stringify(name)}: expected ${expected}`)
}

function wordsOf(code: string): string[] {
  const withoutComments = code.replaceAll(/\/\*.*?\*\/|\/\/.*?$/gms, '')
  return withoutComments.match(/\w+/g) ?? []
}
