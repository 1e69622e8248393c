import { arrayOf, object, sameShape, size, type Dtype, type Tensor, type Type } from '../../src/object/index.js'
import {
  abs,
  add,
  argmax,
  broadcast,
  cast,
  clip,
  concat,
  contract,
  equal,
  fold,
  gather,
  less,
  maximum,
  multiply,
  negate,
  pad,
  reduceMax,
  relu,
  reshape,
  scatterAdd,
  select,
  sign,
  slice,
  step,
  subtract,
  sum,
  transpose,
  windows,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Diagram } from '../../src/term/index.js'

/** A random natural below n. */
export type Below = (n: number) => number

/** A random natural below n, from a seed (multiplicative, modulo 2³¹ − 1). */
export function belowOf(seed: number): Below {
  let s = (seed * 7919 + 12345) % 2147483647
  const next = (): number => (s = (s * 48271) % 2147483647)
  for (let i = 0; i < 5; i++) next()
  return (n) => next() % n
}

/** A tensor of integers from −3 to 3, or of bits. */
export function integers({ dtype, shape }: Type, below: Below): Tensor {
  const entries = Array.from({ length: size(shape) }, () => (dtype === 'bit' ? below(2) : below(7) - 3))
  return { dtype, shape: [...shape], data: arrayOf(dtype, entries) } as Tensor
}

/** A list in a random order. */
export function shuffled<T>(all: readonly T[], below: Below): T[] {
  return all
    .map((x) => ({ x, at: below(1 << 20) }))
    .sort((a, b) => a.at - b.at)
    .map(({ x }) => x)
}

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 33]
/** Entries up to which an array may grow. */
const most = 3000
/** Integers up to which every sum is exact in float32. */
const exact = 2 ** 22

/**
 * A contraction of random index words: each letter is of a batch, of rows, of columns or summed, and the words are in any
 * order. Sizes of 1 and sizes that no vector divides are among them.
 */
export function randomContraction(dtype: Dtype, below: Below): Diagram {
  const letters = 'abcdef'.slice(0, 1 + below(6)).split('')
  const kinds = letters.map(() => below(4))
  const long = letters.length > 4 ? 4 : letters.length > 2 ? 9 : 40
  const extent = new Map(letters.map((c) => [c, below(5) === 0 ? 1 : 1 + below(long)]))
  const word = (absent: number): string =>
    shuffled(
      letters.filter((_, i) => kinds[i] !== absent),
      below,
    ).join('')
  return contraction(dtype, { left: word(2), right: word(1), out: word(3) }, extent)
}

/** The contraction of two inputs by index words at sizes of their letters. */
export function contraction(
  dtype: Dtype,
  words: { readonly left: string; readonly right: string; readonly out: string },
  extent: ReadonlyMap<string, number>,
): Diagram {
  const type = (word: string): Type => ({ dtype, shape: [...word].map((c) => extent.get(c) ?? 1) })
  return diagram(object([type(words.left), type(words.right)]), ([x, y]) => [contract(x as Wire, y as Wire, words)])
}

/** A program of random operations on small integers, exact in every dtype, with one to three outputs. */
export function randomProgram(below: Below, length: number): Diagram {
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T
  const base = Array.from({ length: 1 + below(3) }, () => pick(sizes))
  while (size(base) > most) base.pop()
  const dom: Type[] = Array.from({ length: 2 + below(3) }, (_, i) => ({
    dtype: pick(['float32', 'float32', 'float32', 'int32', 'bit'] as const),
    shape: i < 2 ? base : base.filter(() => below(3) > 0),
  }))
  return diagram(object(dom), (inputs) => {
    const wires: Wire[] = [...inputs]
    const bounds = new Map<Wire, number>(inputs.map((w) => [w, 3]))
    const boundOf = (w: Wire): number => bounds.get(w) ?? 3
    const keep = (w: Wire, bound: number): Wire => {
      bounds.set(w, bound)
      wires.push(w)
      return w
    }
    /** A wire whose entries may grow by a factor and stay exact: clipped where they would not. */
    const tame = (w: Wire, factor: number): Wire =>
      w.type.dtype === 'bit' || boundOf(w) * factor < exact ? w : keep(clip(w, -2, 3), 3)
    const as = (w: Wire, dtype: Dtype): Wire => (w.type.dtype === dtype ? w : keep(cast(w, dtype), boundOf(w)))
    /** A wire of the type of another: one that is there, a broadcast, or a multiple of it. */
    const partner = (w: Wire): Wire => {
      const { dtype, shape } = w.type
      const alike = wires.filter((v) => sameShape(v.type.shape, shape))
      const spread = wires.flatMap((v) => {
        const axes = shape.map((_, a) => a).filter(() => below(2) === 0)
        const rest = shape.filter((_, a) => !axes.includes(a))
        return axes.length > 0 && sameShape(rest, v.type.shape) ? [{ v, axes }] : []
      })
      if (spread.length > 0 && below(2) === 0) {
        const { v, axes } = pick(spread)
        return as(keep(broadcast(v, axes, shape), boundOf(v)), dtype)
      }
      return as(pick(alike), dtype)
    }
    const apply = (w: Wire): void => {
      const { dtype, shape } = w.type
      const axis = below(Math.max(1, shape.length))
      const n = shape[axis] ?? 1
      const ordered = dtype !== 'bit'
      const choose = (f: (y: Wire) => Wire): void => {
        const y = partner(w)
        keep(f(y), Math.max(boundOf(w), boundOf(y)))
      }
      switch (below(22)) {
        case 0:
        case 1: {
          const [x, y] = [tame(w, 2), partner(w)]
          const z = tame(y, 2)
          keep(below(2) === 0 ? add(x, z) : subtract(x, z), boundOf(x) + boundOf(z))
          return
        }
        case 2: {
          const x = tame(w, 64)
          const y = partner(x)
          const z = boundOf(x) * boundOf(y) < exact ? y : tame(y, exact)
          keep(multiply(x, z), boundOf(x) * boundOf(z))
          return
        }
        case 3:
          keep(pick(ordered ? [negate, relu, step, sign, abs] : [negate])(w), boundOf(w))
          return
        case 4:
          if (ordered) choose((y) => maximum(w, y))
          return
        case 5: {
          const condition = keep(ordered ? less(w, partner(w)) : equal(w, partner(w)), 1)
          choose((y) => select(condition, w, y))
          return
        }
        case 6:
          keep(cast(w, pick(['float32', 'int32', 'bit'])), boundOf(w))
          return
        case 7:
        case 8:
          keep(transpose(w, shuffled([...shape.keys()], below)), boundOf(w))
          return
        case 9: {
          const start = shape.map((k) => below(k))
          const taken = shape.map((k, a) => 1 + below(k - (start[a] ?? 0)))
          keep(slice(w, start, taken), boundOf(w))
          return
        }
        case 10: {
          if (shape.length === 0) return
          const dilation = 1 + below(2)
          const k = 1 + below(Math.max(1, Math.min(4, Math.floor((n - 1) / dilation) + 1)))
          if (size(shape) * k > most || (k - 1) * dilation + 1 > n) return
          const at = { axis, stride: 1 + below(3), dilation }
          const cut = keep(windows(w, { ...at, size: k }), boundOf(w))
          if (below(2) === 0) {
            const x = tame(cut, 8)
            keep(fold(x, { ...at, length: n }), boundOf(x) * 8)
          }
          return
        }
        case 11: {
          const [last, ...others] = shuffled(shape, below)
          keep(
            reshape(w, below(2) === 0 ? [size(shape)] : [...others, ...(last === undefined ? [] : [last])]),
            boundOf(w),
          )
          return
        }
        case 12:
        case 13: {
          const axes = [...shape.keys()].filter(() => below(2) === 0)
          const x = tame(w, size(shape))
          keep(sum(x, axes), boundOf(x) * size(shape))
          return
        }
        case 14:
          if (shape.length > 0 && ordered) keep(reduceMax(w, axis), boundOf(w))
          return
        case 15:
          if (shape.length > 0 && ordered) keep(argmax(w, axis), n)
          return
        case 16:
          if (size(shape.map((k) => k + 3)) > most) return
          keep(pad(w, shape.map(() => below(3)), shape.map(() => below(2))), boundOf(w)) // prettier-ignore
          return
        case 17: {
          if (shape.length === 0 || size(shape) * 2 > most) return
          const y = partner(w)
          keep(concat(below(3) === 0 ? [w, y, w] : [y, w], axis), Math.max(boundOf(w), boundOf(y)))
          return
        }
        case 18: {
          if (shape.length === 0) return
          const short = wires.filter((v) => v.type.shape.length < 2)
          const indices = as(short.length > 0 ? pick(short) : keep(sum(cast(w, 'int32')), exact), 'int32')
          if (size(indices.type.shape) * size(shape.slice(1)) > most) return
          keep(gather(w, indices), boundOf(w))
          return
        }
        case 19: {
          if (shape.length === 0) return
          const rows = wires.filter((v) => v.type.shape.length === 1 && v.type.shape[0] === shape[0])
          const rank1 = rows.length > 0 ? pick(rows) : sum(cast(w, 'int32'), [...shape.keys()].slice(1))
          const x = tame(w, n)
          keep(scatterAdd(as(rank1, 'int32'), x, 1 + below(6)), boundOf(x) * n)
          return
        }
        default: {
          if (shape.length === 0) return
          const others = wires.filter((v) => v.type.shape.length > 0)
          const letters = [...'abcdefgh'].slice(0, shape.length)
          const free = [...'ijklmnop']
          const found = pick(others)
          const matched = found.type.shape.map((k, a) => {
            const same = letters.filter((_, b) => shape[b] === k)
            return same.length > 0 && below(4) > 0 ? pick(same) : (free[a] as string)
          })
          const right = matched.map((c, a) => (matched.indexOf(c) === a ? c : (free[a] as string)))
          const out = shuffled([...new Set([...letters, ...right])], below).filter((c) => {
            const both = letters.includes(c) && right.includes(c)
            return !both || below(3) === 0
          })
          const extent = (c: string): number => shape[letters.indexOf(c)] ?? found.type.shape[right.indexOf(c)] ?? 1
          if (out.length > 5 || size(out.map(extent)) > most) return
          const summed = size([...new Set([...letters, ...right])].filter((c) => !out.includes(c)).map(extent))
          const x = tame(w, exact)
          const y = tame(as(found, dtype), exact)
          keep(
            contract(x, y, { left: letters.join(''), right: right.join(''), out: out.join('') }),
            boundOf(x) * boundOf(y) * summed,
          )
        }
      }
    }
    for (let i = 0; i < length; i++) apply(below(3) > 0 ? pick(wires.slice(-5)) : pick(wires))
    const made = wires.slice(inputs.length)
    const last = wires[wires.length - 1] as Wire
    return [last, ...Array.from({ length: below(3) }, () => pick(made.length > 0 ? made : wires))]
  })
}
