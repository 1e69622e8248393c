import * as E from 'fp-ts/lib/Either.js'

/** How fields stand on a line: what separates them, what may quote them, and how a quote is written inside quotes. */
export interface Dialect {
  readonly separator: string
  readonly quotes: string
  readonly escape: 'double' | 'backslash'
}
/** One field, without its quotes and the spaces around it. */
export interface Field {
  readonly text: string
  readonly quoted: boolean
}
/** What is wrong with a line, at a field that counts from 1. */
export interface FieldsError {
  readonly reason: string
  readonly column: number
}

/** The fields of one line; a quoted field ends on its line. */
export function fields(line: string, dialect: Dialect): E.Either<FieldsError, readonly Field[]> {
  const { separator, quotes } = dialect
  const out: Field[] = []
  const blank = (c: string): boolean => c !== separator && (c === ' ' || c === '\t')
  for (let i = 0; ; i++) {
    while (i < line.length && blank(line.charAt(i))) i++
    const quote = line.charAt(i)
    if (quote !== '' && quotes.includes(quote)) {
      const end = closing(line, i, dialect)
      if (end === null)
        return E.left({ reason: `the quote ${quote} is not closed on its line`, column: out.length + 1 })
      out.push({ text: unescape(line.slice(i + 1, end), quote, dialect), quoted: true })
      for (i = end + 1; i < line.length && blank(line.charAt(i));) i++
      if (i < line.length && line.charAt(i) !== separator)
        return E.left({ reason: 'text follows the closing quote', column: out.length })
    } else {
      const end = line.indexOf(separator, i)
      const text = line.slice(i, end < 0 ? line.length : end)
      out.push({ text: text.trim(), quoted: false })
      i += text.length
    }
    if (i >= line.length) return E.right(out)
  }
}

/** Where the quote that opens at `start` closes. */
function closing(line: string, start: number, { escape }: Dialect): number | null {
  const quote = line.charAt(start)
  for (let i = start + 1; i < line.length; i++) {
    if (escape === 'backslash' && line.charAt(i) === '\\') i++
    else if (line.charAt(i) === quote) {
      if (escape === 'double' && line.charAt(i + 1) === quote) i++
      else return i
    }
  }
  return null
}

function unescape(text: string, quote: string, { escape }: Dialect): string {
  return escape === 'double' ? text.replaceAll(quote + quote, quote) : text.replaceAll(/\\(.)/gu, '$1')
}
