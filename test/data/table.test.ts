import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArff, readCsv, type CsvOptions } from '../../src/data/index.js'

const why = (read: E.Either<{ message: string }, unknown>): string => (E.isLeft(read) ? read.left.message : 'read')

describe('readCsv', () => {
  it('reads numbers, labels, a header, quotes and either line end', () => {
    const text = '\uFEFFx,"the ""y""",kind\r\n1, -2.5e1 ,a\r\n.5,+4.,"b, c"\r\n\r\n'
    expect(readCsv(text, { header: true, label: -1 })).toEqual(
      E.right({
        header: ['x', 'the "y"', 'kind'],
        shape: [2, 2],
        data: Float64Array.of(1, -25, 0.5, 4),
        labels: ['a', 'b, c'],
      }),
    )
    expect(readCsv('7;1\n8;2', { separator: ';', label: 0 })).toEqual(
      E.right({ header: [], shape: [2, 1], data: Float64Array.of(1, 2), labels: ['7', '8'] }),
    )
    expect(readCsv('1\t2\n3\t4\n', { separator: '\t' })).toMatchObject(E.right({ shape: [2, 2] }))
  })

  it.each<[string, CsvOptions, string]>([
    ['', {}, 'csv: line 1, column 1: no rows given, needs at least one'],
    ['\n \n', {}, 'csv: line 1, column 1: no rows given, needs at least one'],
    ['x,y\n', { header: true }, 'csv: line 2, column 1: no rows given, needs at least one'],
    ['1,2\n3\n', {}, 'csv: line 2, column 2: given 1 columns, needs 2 as on line 1'],
    ['1,2\n3,4,5\n', {}, 'csv: line 2, column 3: given 3 columns, needs 2 as on line 1'],
    ['1,2\n\n3,4\n', {}, 'csv: line 2, column 2: given 1 columns, needs 2 as on line 1'],
    ['1,2\n3,x\n', {}, 'csv: line 2, column 2: "x" is not a finite number'],
    ['1,NaN', {}, 'csv: line 1, column 2: "NaN" is not a finite number'],
    ['1,Infinity', {}, 'csv: line 1, column 2: "Infinity" is not a finite number'],
    ['1,1e999', {}, 'csv: line 1, column 2: "1e999" is not a finite number'],
    ['1,0x10', {}, 'csv: line 1, column 2: "0x10" is not a finite number'],
    ['1,', {}, 'csv: line 1, column 2: "" is not a finite number'],
    ['1,"2', {}, 'csv: line 1, column 2: the quote " is not closed on its line'],
    ['"1"2,3', {}, 'csv: line 1, column 1: text follows the closing quote'],
    ['1,2', { label: 2 }, 'csv: line 1, column 2: given 2 columns, needs a label in column 2'],
    ['1,2', { label: -3 }, 'csv: line 1, column 2: given 2 columns, needs a label in column -3'],
    ['a\nb', { label: 0 }, 'csv: line 1, column 1: given labels only, needs a column of numbers'],
    [`1,${'y'.repeat(90)}`, {}, `csv: line 1, column 2: "${'y'.repeat(40)}…" is not a finite number`],
  ])('refuses %j with %j', (text, options, message) => {
    const read = readCsv(text, options)
    expect(why(read)).toBe(message)
    const [, line, column] = /line (\d+), column (\d+)/u.exec(message) ?? []
    expect(read).toMatchObject(E.left({ kind: 'csv', line: Number(line), column: Number(column) }))
  })

  it('refuses a separator that is none, when called', () => {
    expect(() => readCsv('1', { separator: '' })).toThrow(
      'readCsv: separator "" is not one character other than a quote or a line end',
    )
  })

  it('reads back what is written, and never throws', () => {
    const row = fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const read = readCsv(rows.map((r) => r.map((x) => x / 16).join()).join('\n'))
        expect(read).toMatchObject(E.right({ data: Float64Array.from(rows.flat(), (x) => x / 16) }))
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('1,"\n\r.e- ab')) }), (text) => {
        const read = readCsv(text)
        return E.isLeft(read) || read.right.data.every(Number.isFinite)
      }),
    )
  })
})

describe('readArff', () => {
  const head = "% about\n@RELATION 'two words'\n@attribute a REAL\n@attribute 'b c' {x, 'y, \\'z', \"%\"} % note\n\n"

  it('reads attributes, quotes and comments', () => {
    const read = readArff(`${head}@attribute n integer\n@DATA\n% none\n1.5, x, 3\n-2,'y, \\'z',4 % last\r\n0,"%",-0\n`)
    expect(read).toEqual(
      E.right({
        relation: 'two words',
        attributes: [
          { name: 'a', type: 'numeric' },
          { name: 'b c', type: 'nominal', values: ['x', "y, 'z", '%'] },
          { name: 'n', type: 'integer' },
        ],
        shape: [3, 3],
        data: Float64Array.of(1.5, 0, 3, -2, 1, 4, 0, 2, -0),
      }),
    )
  })

  it.each([
    ['', 'arff: line 1, column 1: the text ends before @data'],
    ['@attribute a real', 'arff: line 1, column 1: given "@attribute a real", needs @relation first'],
    ['@relation r\n@relation s', 'arff: line 2, column 1: @relation occurs twice'],
    ['@relation r\n@data\n1', 'arff: line 2, column 1: no attributes given before @data, needs at least one'],
    ['@relation r\nhello', 'arff: line 2, column 1: given "hello", needs @attribute or @data'],
    ['@relation r\n@attribute', 'arff: line 2, column 1: "@attribute" is not "@attribute name type"'],
    [
      '@relation r\n@attribute a string',
      'arff: line 2, column 1: attribute "a" has type "string", needs numeric, real, integer or {…}',
    ],
    ['@relation r\n@attribute a {x,y', 'arff: line 2, column 1: the values of attribute "a" are not closed by "}"'],
    ['@relation r\n@attribute a {x,}', 'arff: line 2, column 1: attribute "a" has an empty value'],
    ['@relation r\n@attribute a {x,x}', 'arff: line 2, column 1: attribute "a" has the value "x" twice'],
    [
      "@relation r\n@attribute a {x,'y}",
      'arff: line 2, column 1: attribute "a", value 2: the quote \' is not closed on its line',
    ],
    ['@relation r\n@attribute a real\n@attribute a real', 'arff: line 3, column 1: attribute "a" occurs twice'],
    [`${head}@data\n`, 'arff: line 7, column 1: no rows given after @data, needs at least one'],
    [`${head}@data\n1,?`, 'arff: line 7, column 2: the value of "b c" is missing ("?")'],
    [`${head}@data\n?,x`, 'arff: line 7, column 1: the value of "a" is missing ("?")'],
    [`${head}@data\n1,w`, 'arff: line 7, column 2: "w" is not a value of "b c"'],
    [`${head}@data\nNaN,x`, 'arff: line 7, column 1: "NaN" is not a finite number'],
    [`${head}@data\n1`, 'arff: line 7, column 2: given 1 values, needs 2, one an attribute'],
    [`${head}@data\n1,x,2`, 'arff: line 7, column 3: given 3 values, needs 2, one an attribute'],
    [`${head}@data\n{0 1}`, 'arff: line 7, column 1: sparse rows are unsupported'],
    ['@relation r\n@attribute a integer\n@data\n1.5', 'arff: line 4, column 1: "1.5" is not an integer'],
  ])('refuses %j', (text, message) => {
    expect(why(readArff(text))).toBe(message)
  })

  it('never throws', () => {
    const words = [
      '@relation r\n',
      '@attribute ',
      '@data\n',
      'a ',
      'real\n',
      '{',
      '}',
      "'",
      '"',
      '%',
      '\\',
      ',',
      '1',
      '\n',
      '?',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (parts) => {
        const read = readArff(`@relation r\n@attribute a real\n${parts.join('')}`)
        return E.isLeft(read) || read.right.data.every(Number.isFinite)
      }),
      { numRuns: 500 },
    )
  })
})
