// Under which licences others' code may be in our images: permissive ones, whose terms a copy of their text fulfils. Those
// that it is under today; another one is a decision.
import satisfies from 'spdx-satisfies'
import type { Component } from './sbom.ts'

export const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
] as const

/** Components under no licence that is allowed: each a sentence. Of `A OR B` one suffices, of `A AND B` both are needed. */
export function refused(components: readonly Component[]): string[] {
  return components.flatMap((component) => {
    const licence = licenceOf(component)
    return isAllowed(licence)
      ? []
      : [`${component.purl} is under ${licence ?? 'no licence'}, expected one of ${allowed.join(', ')}`]
  })
}

function licenceOf({ licenses = [] }: Component): string | undefined {
  const parts = licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name ?? '')
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(' AND ') : parts[0]
}

function isAllowed(licence: string | undefined): boolean {
  try {
    return licence !== undefined && satisfies(licence, [...allowed])
  } catch {
    return false // no expression of SPDX
  }
}
