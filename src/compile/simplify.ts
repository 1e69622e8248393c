import { dtypes, sameShape, size, type Dtype } from '../object/index.js'
import {
  constant,
  contract,
  multiply,
  negate,
  reshape,
  sum,
  transpose,
  type ContractAttributes,
} from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Flat } from '../term/index.js'
import { rewrite, type Redex, type Rule } from './rewrite.js'

/** The number of a constant wire. */
function valueOf(redex: Redex, wire: Wire | undefined): number | undefined {
  const d = wire === undefined ? undefined : redex.made(wire)
  return d?.name === 'constant' ? (d.attributes['value'] as number) : undefined
}
const numbers = (redex: Redex, key: string): readonly number[] => redex.attributes[key] as readonly number[]

/** The constant with a value in the type of the redex's result, where the value is an element of the rig. */
function result(redex: Redex, value: number, shape?: readonly number[]): Wire | undefined {
  const [t] = redex.leaf.operation.codomain(
    redex.attributes,
    redex.inputs.map((w) => w.type),
  )
  return t === undefined || !Number.isFinite(value)
    ? undefined
    : constant(redex.algebra, value, t.dtype, shape ?? t.shape)
}

/** The operands of a commutative operation with the constant first. */
function withConstant(redex: Redex, name: string): { readonly value: number; readonly other: Wire } | undefined {
  const [x, y] = redex.inputs
  if (redex.name !== name || x === undefined || y === undefined) return undefined
  const [a, b] = [valueOf(redex, x), valueOf(redex, y)]
  return a !== undefined ? { value: a, other: y } : b !== undefined ? { value: b, other: x } : undefined
}

/** Arithmetic on constants of a dtype, in its own rounding; only where it stays a number. */
const round = (dtype: Dtype | undefined, x: number): number =>
  dtype === 'float32' ? Math.fround(x) : dtype === 'bit' ? ((x % 2) + 2) % 2 : dtype === 'int32' ? x | 0 : x
const safe = (dtype: Dtype | undefined, x: number): boolean =>
  dtype !== undefined && (dtypes[dtype].analytic || Number.isSafeInteger(x))

/** Whether no sum of up to n copies of x is rounded: in float32 and more, multiples of 2⁻¹⁰ up to 2¹⁴. */
const exactly = (dtype: Dtype, x: number, n: number): boolean =>
  dtypes[dtype].exact ? Number.isSafeInteger(x * n) : Number.isInteger(1024 * x) && Math.abs(1024 * x * n) <= 2 ** 24

/** The rules that remove arithmetic with constants and signs, and movement of data, from a program. */
export const rules: readonly Rule[] = [
  {
    name: 'x + 0',
    law: 'unit of addition',
    apply: (r) => pick(withConstant(r, 'add'), (c) => (c.value === 0 ? c.other : undefined)),
  },
  {
    name: 'x · 1',
    law: 'unit of multiplication',
    apply: (r) => pick(withConstant(r, 'multiply'), (c) => (c.value === 1 ? c.other : undefined)),
  },
  {
    name: 'x · −1',
    law: '(−1) · x = −x',
    apply: (r) =>
      pick(withConstant(r, 'multiply'), (c) =>
        c.value === -1 && c.other.type.dtype !== 'bit' ? negate(c.other) : undefined,
      ),
  },
  {
    name: 'constant arithmetic',
    law: 'constants are elements of the rig',
    apply(r) {
      const [x, y] = r.inputs
      const dtype = x?.type.dtype
      const [a, b] = [x, y].map((w) => pick(valueOf(r, w), (v) => round(dtype, v)))
      if (a === undefined) return undefined
      if (r.name === 'negate') return result(r, round(dtype, -a))
      if (b === undefined || (r.name !== 'add' && r.name !== 'multiply')) return undefined
      const value = r.name === 'add' ? a + b : a * b
      return safe(dtype, value) ? result(r, round(dtype, value)) : undefined
    },
  },
  {
    name: 'moved constant',
    law: 'naturality of constants in the shape',
    apply: (r) =>
      ['broadcast', 'reshape', 'transpose', 'slice'].includes(r.name)
        ? pick(valueOf(r, r.inputs[0]), (a) => result(r, a))
        : undefined,
  },
  {
    name: 'summed constant',
    law: 'n-fold sum = multiplication by n',
    apply(r) {
      const a = valueOf(r, r.inputs[0])
      const [x] = r.inputs
      if (r.name !== 'sum' || a === undefined || x === undefined) return undefined
      const n = size(numbers(r, 'axes').map((i) => x.type.shape[i] ?? 0))
      return exactly(x.type.dtype, a, n) ? result(r, round(x.type.dtype, a * n)) : undefined
    },
  },
  {
    name: '−(−x)',
    law: 'negation is an involution',
    apply: (r) => (r.name === 'negate' ? pick(inner(r, 'negate'), (d) => d.inputs[0]) : undefined),
  },
  {
    name: '−(c · x)',
    law: '−(c · x) = (−c) · x',
    apply: (r) =>
      r.name === 'negate'
        ? pick(inner(r, 'multiply'), (d) =>
            pick(withConstant({ ...r, ...d }, 'multiply'), (c) =>
              multiply(constantLike(r, c.other, -c.value), c.other),
            ),
          )
        : undefined,
  },
  {
    name: 'c · (−x)',
    law: 'c · (−x) = (−c) · x',
    apply: (r) =>
      pick(withConstant(r, 'multiply'), (c) => {
        const d = r.made(c.other)
        const [x] = d?.inputs ?? []
        return d?.name === 'negate' && x !== undefined ? multiply(constantLike(r, x, -c.value), x) : undefined
      }),
  },
  {
    name: 'reshape of reshape',
    law: 'reshapes compose',
    apply: (r) =>
      r.name === 'reshape'
        ? pick(inner(r, 'reshape'), (d) => pick(d.inputs[0], (x) => reshape(x, numbers(r, 'shape'))))
        : undefined,
  },
  {
    name: 'reshape to the same',
    law: 'identity',
    apply: (r) =>
      r.name === 'reshape'
        ? pick(r.inputs[0], (x) => (sameShape(x.type.shape, numbers(r, 'shape')) ? x : undefined))
        : undefined,
  },
  {
    name: 'transpose of transpose',
    law: 'transposes compose',
    apply: (r) =>
      r.name === 'transpose'
        ? pick(inner(r, 'transpose'), (d) =>
            pick(d.inputs[0], (x) =>
              transpose(
                x,
                numbers(r, 'axes').map((a) => (d.attributes['axes'] as readonly number[])[a] ?? 0),
              ),
            ),
          )
        : undefined,
  },
  {
    name: 'transpose by the identity',
    law: 'identity',
    apply: (r) => (r.name === 'transpose' && numbers(r, 'axes').every((a, i) => a === i) ? r.inputs[0] : undefined),
  },
  { name: 'transpose into contract', law: 'index words are natural in permutations', apply: transposeIntoContract },
  {
    name: 'sum of sum',
    law: 'sums compose (associativity of addition)',
    apply(r) {
      const d = inner(r, 'sum')
      const [x] = d?.inputs ?? []
      if (r.name !== 'sum' || d === undefined || x === undefined || !dtypes[x.type.dtype].exact) return undefined
      const gone = d.attributes['axes'] as readonly number[]
      const left = x.type.shape.map((_, i) => i).filter((i) => !gone.includes(i))
      return sum(
        x,
        [...gone, ...numbers(r, 'axes').map((a) => left[a] ?? 0)].sort((a, b) => a - b),
      )
    },
  },
]

function transposeIntoContract(r: Redex): Wire | undefined {
  const [x, y] = r.inputs
  if (r.name !== 'contract' || x === undefined || y === undefined) return undefined
  const words = r.attributes as ContractAttributes
  const [dx, dy] = [r.made(x), r.made(y)]
  if (dx?.name !== 'transpose' && dy?.name !== 'transpose') return undefined
  const undo = (w: Wire, d: typeof dx, word: string): readonly [Wire, string] => {
    const [inside] = d?.inputs ?? []
    if (d?.name !== 'transpose' || inside === undefined) return [w, word]
    const axes = d.attributes['axes'] as readonly number[]
    return [inside, [...word].map((_, i) => word[axes.indexOf(i)] ?? '').join('')]
  }
  const [[a, left], [b, right]] = [undo(x, dx, words.left), undo(y, dy, words.right)]
  return contract(a, b, { left, right, out: words.out })
}

/** The definition of the only operand, where it is by the named operation. */
function inner(r: Redex, name: string): ReturnType<Redex['made']> {
  const [x] = r.inputs
  const d = x === undefined || r.inputs.length !== 1 ? undefined : r.made(x)
  return d?.name === name ? d : undefined
}
const constantLike = (r: Redex, wire: Wire, value: number): Wire =>
  constant(r.algebra, value, wire.type.dtype, wire.type.shape)
const pick = <T, U>(x: T | undefined, f: (x: T) => U | undefined): U | undefined => (x === undefined ? undefined : f(x))

/** The program simplified by {@link rules}. */
export function simplify(program: Flat): Flat {
  return rewrite(program, rules)
}
