import { showShape, strides, type Type } from '../object/index.js'
import type { Entries, Scalars, Wire } from '../structure/index.js'
import { applied, define, lens, operand, withOperation, type Primitive } from './define.js'
import { positions } from './position.js'

/** Index words of the operands and of the result, one letter an axis: `{ left: 'ij', right: 'jk', out: 'ik' }`. */
export type ContractAttributes = { readonly left: string; readonly right: string; readonly out: string }

/** Sizes of the letters. Throws where a letter has two sizes, repeats in a word, or stands in one word only. */
export function letterSizes({ left, right, out }: ContractAttributes, x: Type, y: Type): ReadonlyMap<string, number> {
  const words = `${left},${right}→${out}`
  const sizes = new Map<string, number>()
  for (const [word, t] of [
    [left, x],
    [right, y],
  ] as const) {
    if (word.length !== t.shape.length)
      throw new TypeError(`contract ${words}: the word "${word}" does not fit ${showShape(t.shape)}`)
    for (const [i, letter] of [...word].entries()) {
      const n = t.shape[i] ?? 0
      const known = sizes.get(letter)
      if (known !== undefined && known !== n) throw new TypeError(`contract ${words}: ${letter} is ${known} and ${n}`)
      sizes.set(letter, n)
    }
  }
  for (const letter of new Set(left + right + out)) {
    const places = [left, right, out].filter((w) => w.includes(letter)).length
    if (places < 2) throw new TypeError(`contract ${words}: ${letter} stands in one word only`)
    if (!sizes.has(letter)) throw new TypeError(`contract ${words}: ${letter} has no size`)
  }
  for (const word of [left, right, out])
    if (new Set(word).size !== word.length) throw new TypeError(`contract ${words}: a letter repeats in "${word}"`)
  return sizes
}

/** A letter that stands in none of the words. */
function fresh({ left, right, out }: ContractAttributes): string {
  for (const letter of 'bnzyxwvutsrqponmlkjihgfedcaBCDEFGHIJKLMNOPQRSTUVWXYZA')
    if (!(left + right + out).includes(letter)) return letter
  throw new TypeError('contract: no letter is left for the batch')
}

/**
 * `contract(x, y, { left, right, out })`: Σ over the letters that are not in `out` of x · y, the one bilinear primitive.
 * Matrix products are `ij,jk→ik` and its transposes, the outer product `i,j→ij`, the inner `i,i→`. Closed under
 * batching (one more letter) and under reverse (the words permute).
 */
export const contract: Primitive<(x: Wire, y: Wire, words: ContractAttributes) => Wire, ContractAttributes> =
  withOperation(
    define<ContractAttributes>({
      name: 'contract',
      codomain(words, dom) {
        const x = operand('contract', dom, 0, 2)
        const y = operand('contract', dom, 1, 2)
        if (x.dtype !== y.dtype) throw new TypeError(`contract: ${x.dtype} and ${y.dtype} differ`)
        const sizes = letterSizes(words, x, y)
        return [{ dtype: x.dtype, shape: [...words.out].map((letter) => sizes.get(letter) ?? 0) }]
      },
      optic: lens(({ left, right, out }, inputs, dy) => {
        const [x, y] = inputs as [Wire, Wire]
        return [contract(dy, y, { left: out, right, out: left }), contract(x, dy, { left, right: out, out: right })]
      }),
      batch(_, words, inputs, [l, r]) {
        const [x, y] = inputs as [Wire, Wire]
        const n = fresh(words)
        return [
          contract(x, y, {
            left: (l === true ? n : '') + words.left,
            right: (r === true ? n : '') + words.right,
            out: n + words.out,
          }),
        ]
      },
      meaning: (words, [x, y], [type], scalars) => [
        x === undefined || y === undefined || type === undefined ? [] : contracted(words, x, y, scalars(x.dtype)),
      ],
    }),
    (x, y, words) => applied(contract.operation, words, [x, y]),
  )

function contracted<T>(words: ContractAttributes, x: Entries<T>, y: Entries<T>, s: Scalars<T>): T[] {
  const { left, right, out } = words
  const sizes = letterSizes(words, x, y)
  const inner = [...new Set(left + right)].filter((letter) => !out.includes(letter))
  const at = (letters: readonly string[], word: string, shape: readonly number[]): Int32Array => {
    const own = strides(shape)
    return positions(
      letters.map((letter) => sizes.get(letter) ?? 0),
      letters.map((letter) => own[word.indexOf(letter)] ?? 0),
    )
  }
  const outer = [...out]
  const [xo, yo] = [at(outer, left, x.shape), at(outer, right, y.shape)]
  const [xi, yi] = [at(inner, left, x.shape), at(inner, right, y.shape)]
  const result = new Array<T>(xo.length)
  for (let o = 0; o < xo.length; o++) {
    let total = s.zero
    for (let i = 0; i < xi.length; i++)
      total = s.add(
        total,
        s.multiply(x.data[(xo[o] ?? 0) + (xi[i] ?? 0)] as T, y.data[(yo[o] ?? 0) + (yi[i] ?? 0)] as T),
      )
    result[o] = total
  }
  return result
}
