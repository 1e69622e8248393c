import * as E from 'fp-ts/lib/Either.js'
import { arffDialect, readAttribute, withoutComment, type ArffAttribute } from './arff-header.js'
import type { TableError } from './data-error.js'
import { finite } from './decimal.js'
import { excerpt } from './excerpt.js'
import { fields, type Field } from './fields.js'

/** A relation: attributes, and n rows of one number each, row-major; a nominal entry is the index of its value. */
export interface Arff {
  readonly relation: string
  readonly attributes: readonly ArffAttribute[]
  readonly shape: readonly [number, number]
  readonly data: Float64Array
}

/**
 * The relation of a text in Weka's ARFF format: numeric and nominal attributes, quotes, comments. Left with line and
 * column on anything else, among it missing values (`?`), strings, dates, sparse rows and no rows at all.
 */
export function readArff(text: string): E.Either<TableError, Arff> {
  const lines = text.replace(/^\uFEFF/u, '').split('\n')
  const attributes: ArffAttribute[] = []
  const numbers: number[] = []
  let relation: string | null = null
  let inData = false
  for (const [i, raw] of lines.entries()) {
    const line = withoutComment(raw)
    const keyword = line.startsWith('@') ? (line.split(/\s/u, 1)[0] ?? '').toLowerCase() : ''
    if (line === '') continue
    if (inData) {
      if (line.startsWith('{')) return fail(i + 1, 1, 'sparse rows are unsupported')
      const row = fields(line, arffDialect)
      if (E.isLeft(row)) return fail(i + 1, row.left.column, row.left.reason)
      const given = row.right.length
      const needed = attributes.length
      if (given !== needed)
        return fail(i + 1, Math.min(given, needed) + 1, `given ${given} values, needs ${needed}, one an attribute`)
      for (const [j, attribute] of attributes.entries()) {
        const entry = row.right[j]
        const x: E.Either<string, number> = entry === undefined ? E.left('no value') : entryOf(attribute, entry)
        if (E.isLeft(x)) return fail(i + 1, j + 1, x.left)
        numbers.push(x.right)
      }
    } else if (keyword === '@relation') {
      if (relation !== null) return fail(i + 1, 1, '@relation occurs twice')
      const name = fields(line.slice('@relation'.length), arffDialect)
      if (E.isLeft(name)) return fail(i + 1, name.left.column, name.left.reason)
      relation = name.right[0]?.text ?? ''
    } else if (relation === null) return fail(i + 1, 1, `given ${excerpt(line)}, needs @relation first`)
    else if (keyword === '@attribute') {
      const attribute = readAttribute(line)
      if (E.isLeft(attribute)) return fail(i + 1, 1, attribute.left)
      const { name } = attribute.right
      if (attributes.some((a) => a.name === name)) return fail(i + 1, 1, `attribute ${excerpt(name)} occurs twice`)
      attributes.push(attribute.right)
    } else if (line.toLowerCase() === '@data') {
      if (attributes.length === 0) return fail(i + 1, 1, 'no attributes given before @data, needs at least one')
      inData = true
    } else return fail(i + 1, 1, `given ${excerpt(line)}, needs @attribute or @data`)
  }
  if (!inData || relation === null) return fail(lines.length, 1, 'the text ends before @data')
  if (numbers.length === 0) return fail(lines.length, 1, 'no rows given after @data, needs at least one')
  const shape: readonly [number, number] = [numbers.length / attributes.length, attributes.length]
  return E.right({ relation, attributes, shape, data: Float64Array.from(numbers) })
}

/** The entry that a field writes in an attribute's column, or the reason why it writes none. */
function entryOf(attribute: ArffAttribute, { text, quoted }: Field): E.Either<string, number> {
  if (text === '?' && !quoted) return E.left(`the value of ${excerpt(attribute.name)} is missing ("?")`)
  if (attribute.type === 'nominal') {
    const index = attribute.values.indexOf(text)
    return index < 0 ? E.left(`${excerpt(text)} is not a value of ${excerpt(attribute.name)}`) : E.right(index)
  }
  const x = finite(text)
  if (x === null) return E.left(`${excerpt(text)} is not a finite number`)
  return attribute.type === 'integer' && !Number.isInteger(x)
    ? E.left(`${excerpt(text)} is not an integer`)
    : E.right(x)
}

function fail(line: number, column: number, reason: string): E.Either<TableError, never> {
  return E.left({ kind: 'arff', message: `arff: line ${line}, column ${column}: ${reason}`, line, column })
}
