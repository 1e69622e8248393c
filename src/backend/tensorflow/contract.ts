import { size } from '../../object/index.js'
import { letterSizes, type ContractAttributes } from '../../primitive/index.js'
import { constantValue, type Builder, type Emit } from './builder.js'
import { arrangements, type Arrangement, type Sizes } from './arrangement.js'
import { entrywise, full } from './elementwise.js'
import { summed } from './reduce.js'
import { transposed } from './transpose.js'
import type { Value } from './value.js'

/**
 * A contraction as one matrix product of [batch, m, k] and [batch, k, n], by whichever order of operands and axes moves
 * the least data; as a product entry by entry where nothing is summed over, or only inner products are taken. tfjs's own
 * transposition flags are never used: its wasm leaves XNNPACK for them.
 */
export const emitContract: Emit = (b, [x, y], attributes, out) => {
  const words = attributes as ContractAttributes
  if (x === undefined || y === undefined) throw new TypeError('contract: no operand')
  if (size(x.type.shape) === 0 || size(y.type.shape) === 0) return constantValue(b, out, 0)
  const sizes = letterSizes(words, x.type, y.type)
  const of = (word: readonly string[]): number => size(word.map((c) => sizes.get(c) ?? 1))
  const inner = [...words.left].filter((c) => !words.out.includes(c))
  const rows = [...words.left].filter((c) => words.out.includes(c) && !words.right.includes(c))
  const columns = [...words.right].filter((c) => words.out.includes(c) && !words.left.includes(c))
  if (of(inner) === 1 || (of(rows) === 1 && of(columns) === 1)) return pointwise(b, x, y, words, sizes, inner, out)
  const fixed = (v: Value): boolean => v.definition?.kind === 'constant'
  const best = arrangements(words, sizes, fixed(x), fixed(y)).reduce((p, q) => (q.cost < p.cost ? q : p))
  return product(b, x, y, words, sizes, best, out)
}

/** Both operands with the axes of `letters`, multiplied entry by entry and summed over `inner`. */
function pointwise(
  b: Builder,
  x: Value,
  y: Value,
  words: ContractAttributes,
  sizes: Sizes,
  inner: readonly string[],
  out: Value['type'],
): Value {
  const letters = [...words.out, ...inner]
  const type = { dtype: out.dtype, shape: letters.map((c) => sizes.get(c) ?? 1) }
  const spread = (v: Value, word: string): Value => {
    const order = letters.filter((c) => word.includes(c)).map((c) => word.indexOf(c))
    const storage = transposed(b, { storage: v.storage, shape: v.view }, order)
    return b.value(
      type,
      storage,
      letters.map((c) => (word.includes(c) ? (v.view[word.indexOf(c)] ?? 1) : 1)),
    )
  }
  const products = entrywise(b, 'Multiply', {}, [spread(x, words.left), spread(y, words.right)], type)
  return summed(
    b,
    products,
    inner.map((_, i) => words.out.length + i),
    out,
  )
}

function product(
  b: Builder,
  x: Value,
  y: Value,
  { left, right, out: word }: ContractAttributes,
  sizes: Sizes,
  { batch, rows, inner, columns, swapped }: Arrangement,
  out: Value['type'],
): Value {
  const of = (letters: string): number => size([...letters].map((c) => sizes.get(c) ?? 1))
  const matrix = (
    v: Value,
    from: string,
    to: readonly [string, string],
  ): { storage: Value['storage']; shape: number[] } => ({
    storage: permuted(b, full(b, v), from, batch + to[0] + to[1]),
    shape: [of(batch), of(to[0]), of(to[1])],
  })
  const [a, c] = swapped ? [y, x] : [x, y]
  const [aWord, cWord] = swapped ? [right, left] : [left, right]
  const operands = [matrix(a, aWord, [rows, inner]), matrix(c, cWord, [inner, columns])]
  const shape = [of(batch), of(rows), of(columns)]
  const flags = { transposeA: false, transposeB: false } as const
  const made = batch + rows + columns
  const result = b.emit('BatchMatMul', flags, operands, 'float32', shape)
  const laid = { storage: result, shape: [...made].map((l) => sizes.get(l) ?? 1) }
  return b.value(
    out,
    transposed(
      b,
      laid,
      [...word].map((l) => made.indexOf(l)),
    ),
  )
}

function permuted(b: Builder, v: Value, from: string, to: string): Value['storage'] {
  return transposed(
    b,
    { storage: v.storage, shape: v.type.shape },
    [...to].map((l) => from.indexOf(l)),
  )
}
