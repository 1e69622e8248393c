import * as E from 'fp-ts/lib/Either.js'
import type { TableError } from './data-error.js'
import { finite } from './decimal.js'
import { excerpt } from './excerpt.js'
import { fields } from './fields.js'

/** How a CSV text is read. */
export interface CsvOptions {
  /** The column of labels, from 0, or from the end if negative (−1 is the last); without it every column is numeric. */
  readonly label?: number
  /** The first line names the columns; default false. */
  readonly header?: boolean
  /** One character; default a comma. */
  readonly separator?: string
}
/** A matrix of numbers, n rows of k columns, row-major, and beside it n labels as they were written. */
export interface Table {
  readonly header: readonly string[]
  readonly shape: readonly [number, number]
  readonly data: Float64Array
  readonly labels: readonly string[]
}

/**
 * The table of a text in the CSV format (RFC 4180, a quoted field ends on its line). Lines end with LF or CRLF; blank
 * lines are allowed at the end only. Left on ragged rows, on no rows and on what is not a finite decimal numeral:
 * `csv: line 2, column 3: "NaN" is not a finite number`.
 */
export function readCsv(text: string, options: CsvOptions = {}): E.Either<TableError, Table> {
  const { label, header = false, separator = ',' } = options
  if (separator.length !== 1 || '"\r\n'.includes(separator))
    throw new TypeError(
      `readCsv: separator ${JSON.stringify(separator)} is not one character other than a quote or a line end`,
    )
  const lines = text.replace(/^\uFEFF/u, '').split('\n')
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  if (lines.length <= (header ? 1 : 0)) return fail(lines.length + 1, 1, 'no rows given, needs at least one')

  const names: string[] = []
  const labels: string[] = []
  const numbers: number[] = []
  let width = 0
  let at = -1
  for (const [i, line] of lines.entries()) {
    const row = fields(line.endsWith('\r') ? line.slice(0, -1) : line, { separator, quotes: '"', escape: 'double' })
    if (E.isLeft(row)) return fail(i + 1, row.left.column, row.left.reason)
    const given = row.right.length
    if (i === 0) {
      width = given
      if (label !== undefined) at = label < 0 ? width + label : label
      if (label !== undefined && !(Number.isInteger(at) && at >= 0 && at < width))
        return fail(1, width, `given ${width} columns, needs a label in column ${label}`)
      if (width === (label === undefined ? 0 : 1)) return fail(1, 1, 'given labels only, needs a column of numbers')
    }
    if (given !== width)
      return fail(i + 1, Math.min(given, width) + 1, `given ${given} columns, needs ${width} as on line 1`)
    for (const [j, field] of row.right.entries()) {
      const x = finite(field.text)
      if (header && i === 0) names.push(field.text)
      else if (j === at) labels.push(field.text)
      else if (x === null) return fail(i + 1, j + 1, `${excerpt(field.text)} is not a finite number`)
      else numbers.push(x)
    }
  }
  const n = lines.length - (header ? 1 : 0)
  const k = width - (label === undefined ? 0 : 1)
  return E.right({ header: names, shape: [n, k], data: Float64Array.from(numbers), labels })
}

function fail(line: number, column: number, reason: string): E.Either<TableError, never> {
  return E.left({ kind: 'csv', message: `csv: line ${line}, column ${column}: ${reason}`, line, column })
}
