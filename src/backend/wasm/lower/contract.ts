import { strides as rowMajor } from '../../../object/index.js'
import { letterSizes, type ContractAttributes } from '../../../primitive/index.js'
import type { Builder } from './builder.js'
import type { Level } from './node.js'
import { constantView, transposeView, type View } from './view.js'

/** A letter of the index words with its size and its strides; 0 where an operand does not have it. */
interface Letter extends Level {
  readonly name: string
  readonly inA: boolean
  readonly inB: boolean
}

/** Adjacent levels as one where every stride allows it. */
export function merged(levels: readonly Level[]): Level[] {
  const out: Level[] = []
  for (const level of levels) {
    const last = out[out.length - 1]
    const fits = (key: 'a' | 'b' | 'out'): boolean => last !== undefined && last[key] === level[key] * level.n
    if (last !== undefined && fits('a') && fits('b') && fits('out'))
      out[out.length - 1] = { ...level, n: last.n * level.n }
    else out.push({ n: level.n, a: level.a, b: level.b, out: level.out })
  }
  return out
}

/** The view at an index word in another order, with axes that the word does not have repeated. */
function along(view: View, word: string, letters: readonly string[], sizes: ReadonlyMap<string, number>): View {
  return {
    ...view,
    shape: letters.map((c) => sizes.get(c) ?? 1),
    strides: letters.map((c) => (word.includes(c) ? (view.strides[word.indexOf(c)] ?? 0) : 0)),
  }
}

/**
 * A contraction as a matrix product where it is one, else as a product summed: an outer product has no sum, a dot product
 * no columns, and a letter of all three words that is the result's fastest is a vector of its own.
 */
export function contractView(b: Builder, left: View, right: View, words: ContractAttributes): View {
  const sizes = letterSizes(words, left, right)
  const shape = [...words.out].map((c) => sizes.get(c) ?? 0)
  const { dtype } = left
  if ([...sizes.values()].includes(0)) return constantView(0, dtype, shape)
  const names = (word: string): string[] => [...word].filter((c) => sizes.get(c) !== 1)
  const out = names(words.out)
  // The order of a sum is that of memory, however the words are written: transposes may be absorbed or not.
  const stride = ({ strides }: View, word: string, c: string): number => Math.abs(strides[word.indexOf(c)] ?? 0)
  const far = (c: string, d: string): number =>
    stride(left, words.left, d) - stride(left, words.left, c) ||
    stride(right, words.right, d) - stride(right, words.right, c)
  const summed = names(words.left)
    .filter((c) => !words.out.includes(c))
    .sort(far)
  const last = out[out.length - 1]
  const inLeft = last !== undefined && words.left.includes(last)
  const inRight = last !== undefined && words.right.includes(last)
  if (last === undefined || summed.length === 0 || inLeft === inRight)
    return products(b, left, right, words, sizes, summed)
  // b holds the result's fastest letter.
  const [a, wa, other, wb] = inLeft ? [right, words.right, left, words.left] : [left, words.left, right, words.right]
  const rowLetters = out.filter((c) => wa.includes(c) && !wb.includes(c))
  if (
    rowLetters.length === 0 &&
    other.strides[wb.indexOf(last)] !== 1 &&
    summed.some((c) => other.strides[wb.indexOf(c)] === 1)
  )
    return products(b, left, right, words, sizes, summed)
  return product(b, { a, wa, other, wb }, shape, words.out, out, summed, sizes)
}

function products(
  b: Builder,
  left: View,
  right: View,
  words: ContractAttributes,
  sizes: ReadonlyMap<string, number>,
  summed: readonly string[],
): View {
  const letters = [...words.out, ...summed]
  const all = b.map('multiply', [along(left, words.left, letters, sizes), along(right, words.right, letters, sizes)])
  return b.sum(
    all,
    summed.map((_, i) => words.out.length + i),
  )
}

/** The operands of a matrix product and their words. */
interface Operands {
  readonly a: View
  readonly wa: string
  readonly other: View
  readonly wb: string
}

function product(
  b: Builder,
  { a: left, wa, other, wb }: Operands,
  shape: readonly number[],
  outWord: string,
  out: readonly string[],
  summed: readonly string[],
  sizes: ReadonlyMap<string, number>,
): View {
  const a = memory(b, left)
  const outStrides = rowMajor(shape)
  const onlyB = (c: string): boolean => wb.includes(c) && !wa.includes(c)
  let from = out.length
  while (from > 0 && onlyB(out[from - 1] as string)) from -= 1
  const columnLetters = out.slice(from)
  let right = memory(b, other)
  const letter = (c: string): Letter => ({
    name: c,
    n: sizes.get(c) ?? 1,
    inA: wa.includes(c),
    inB: wb.includes(c),
    a: wa.includes(c) ? (a.strides[wa.indexOf(c)] ?? 0) : 0,
    b: wb.includes(c) ? (right.strides[wb.indexOf(c)] ?? 0) : 0,
    out: outWord.includes(c) ? (outStrides[outWord.indexOf(c)] ?? 0) : 0,
  })
  if (merged(columnLetters.map(letter)).length > 1) {
    const order = [
      ...[...wb].filter((c) => !columnLetters.includes(c)),
      ...[...wb].filter((c) => columnLetters.includes(c)),
    ]
      .sort((x, y) => columnLetters.indexOf(x) - columnLetters.indexOf(y))
      .map((c) => wb.indexOf(c))
    const moved = b.array(transposeView(right, order))
    const back = order.map((_, i) => order.indexOf(i))
    right = transposeView(moved, back)
  }
  const [columns] = merged(columnLetters.map(letter))
  const slowFirst = (key: 'a' | 'b' | 'out') => (x: Letter, y: Letter) => Math.abs(y[key]) - Math.abs(x[key])
  const rest = out.slice(0, from).map(letter)
  return b.node(
    {
      kind: 'contract',
      left: a,
      right,
      outer: merged(rest.filter((l) => l.inB)),
      rows: merged(rest.filter((l) => !l.inB).sort(slowFirst('out'))),
      inner: merged(summed.map(letter).sort((x, y) => slowFirst('a')(x, y) || slowFirst('b')(x, y))),
      columns: { n: columns?.n ?? 1, b: columns?.b ?? 0 },
    },
    left.dtype,
    shape,
  )
}

/** The view where its source is in memory, else a copy. */
function memory(b: Builder, view: View): View {
  return typeof view.source === 'number' ? view : b.array(view)
}
