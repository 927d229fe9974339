import { expect, test } from 'vitest'
import { describeValues, valuesTable } from './values.ts'

test('every described value is a row, with its default', () => {
  const { rows, undescribed } = describeValues(`
# The language server's line is no description.
image:
  # -- Where images come from
  registry: ""
  # What a reader of the file needs only.
  # -- Over two
  # lines
  pullSecrets: []
# -- Scales
keda: { enabled: false }
`)
  expect(undescribed).toEqual([])
  expect(rows).toEqual([
    { name: 'image.registry', default: '`""`', description: 'Where images come from' },
    { name: 'image.pullSecrets', default: '`[]`', description: 'Over two lines' },
    { name: 'keda', default: '`{"enabled":false}`', description: 'Scales' },
  ])
})

test('a value that neither has a comment nor lies in a described map is named', () => {
  const { undescribed } = describeValues('a:\n  # plain\n  b: 1\n  # -- said\n  c:\n    d: 2\ne: {}\n')
  expect(undescribed).toEqual(['a.b', 'e'])
})

test('an unhelpful default is replaced, and a bar does not end a cell', () => {
  const { rows } = describeValues('# -- One | of\n# @default -- the ten\nservices:\n  order: 1\n')
  expect(valuesTable(rows).split('\n').at(-1)).toBe('| `services` | the ten | One \\| of |')
})
