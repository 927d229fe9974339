// What values.yaml says of its values, in the comments that helm-docs reads: `# -- text` above a key, more lines of text
// below it, and `# @default -- text` where the default itself would say little.
import { isMap, isScalar, type Node, parseDocument, type YAMLMap } from 'yaml'

type Row = { readonly name: string; readonly default: string; readonly description: string }
type Comment = { readonly description: string; readonly default: string | undefined }

export type DescribedValues = {
  readonly rows: readonly Row[]
  /** Values that neither have a comment nor lie in a map that has one. */
  readonly undescribed: readonly string[]
}

export function describeValues(text: string): DescribedValues {
  const rows: Row[] = []
  const undescribed: string[] = []
  const { contents, errors } = parseDocument(text)
  if (errors[0]) throw errors[0]
  if (!isMap(contents)) throw new Error('values.yaml is not a map, expected one value a key')
  visit(contents, '', false)
  return { rows, undescribed }

  function visit(map: YAMLMap, prefix: string, covered: boolean): void {
    for (const [index, { key, value }] of map.items.entries()) {
      if (!isScalar(key)) throw new Error(`${prefix}${key} is no plain key, expected a name`)
      const name = `${prefix}${key.value}`
      // The parser hands the comment above a map's first key to the map.
      const comment = commentOf(key.commentBefore ?? (index === 0 ? map.commentBefore : undefined))
      const node = value as Node
      if (comment)
        rows.push({
          name,
          default: comment.default ?? defaultOf(node),
          description: comment.description,
        })
      if (isMap(node) && node.items.length > 0) visit(node, `${name}.`, covered || comment !== undefined)
      else if (!comment && !covered) undescribed.push(name)
    }
  }
}

function commentOf(text: string | null | undefined): Comment | undefined {
  const lines = (text ?? '').split('\n').map((line) => line.trim())
  const first = lines.findLastIndex((line) => line.startsWith('-- '))
  if (first === -1) return undefined
  const described = lines.slice(first).filter((line) => !line.startsWith('@'))
  const defaultLine = lines.slice(first).find((line) => line.startsWith('@default -- '))
  return {
    description: described.join(' ').slice('-- '.length),
    default: defaultLine?.slice('@default -- '.length),
  }
}

function defaultOf(node: Node): string {
  return `\`${JSON.stringify(node.toJSON())}\``
}

/** Rows as a Markdown table. */
export function valuesTable(rows: readonly Row[]): string {
  const cells = ({ name, default: value, description }: Row) =>
    [`\`${name}\``, value, description].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')
  return ['| value | default | meaning |', '|---|---|---|', ...rows.map((row) => `| ${cells(row)} |`)].join(
    '\n',
  )
}
