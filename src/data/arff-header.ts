import * as E from 'fp-ts/lib/Either.js'
import { excerpt } from './excerpt.js'
import { fields, type Dialect } from './fields.js'

/** One column of an ARFF file: its name, and its values if it is nominal. */
export type ArffAttribute =
  | { readonly name: string; readonly type: 'numeric' | 'integer' }
  | { readonly name: string; readonly type: 'nominal'; readonly values: readonly string[] }

/** Fields of ARFF: commas, either quote, backslash inside quotes. */
export const arffDialect: Dialect = { separator: ',', quotes: `'"`, escape: 'backslash' }

const declaration = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{'"]+)\s*(.*)$/iu

/** The attribute of a line `@attribute name type` without comment, or the reason why it declares none. */
export function readAttribute(line: string): E.Either<string, ArffAttribute> {
  const [, quotedName = '', type = ''] = declaration.exec(line) ?? []
  if (quotedName === '') return E.left(`${excerpt(line)} is not "@attribute name type"`)
  const named = fields(quotedName, arffDialect)
  const name = (E.isRight(named) ? named.right[0]?.text : undefined) ?? quotedName
  const keyword = type.toLowerCase()
  if (keyword === 'numeric' || keyword === 'real') return E.right({ name, type: 'numeric' })
  if (keyword === 'integer') return E.right({ name, type: 'integer' })
  if (!type.startsWith('{'))
    return E.left(`attribute ${excerpt(name)} has type ${excerpt(type)}, needs numeric, real, integer or {…}`)
  if (!type.endsWith('}')) return E.left(`the values of attribute ${excerpt(name)} are not closed by "}"`)
  const list = fields(type.slice(1, -1), arffDialect)
  if (E.isLeft(list)) return E.left(`attribute ${excerpt(name)}, value ${list.left.column}: ${list.left.reason}`)
  const values = list.right.map((f) => f.text)
  if (list.right.some((f) => f.text === '' && !f.quoted)) return E.left(`attribute ${excerpt(name)} has an empty value`)
  const twice = values.find((v, i) => values.indexOf(v) < i)
  if (twice !== undefined) return E.left(`attribute ${excerpt(name)} has the value ${excerpt(twice)} twice`)
  return E.right({ name, type: 'nominal', values })
}

/** A line up to a `%` outside quotes, without spaces around it. */
export function withoutComment(line: string): string {
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i)
    if (quote === '' && c === '%') return line.slice(0, i).trim()
    if (quote === '' && (c === "'" || c === '"')) quote = c
    else if (quote !== '' && c === '\\') i++
    else if (c === quote) quote = ''
  }
  return line.trim()
}
