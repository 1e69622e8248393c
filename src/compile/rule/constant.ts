import { dtypes, size, type Dtype } from '../../object/index.js'
import { constant, multiply, negate } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Redex, Rule } from '../rewrite.js'
import { inner, numbers, pick, result, valueOf, withConstant } from './redex.js'

/** Arithmetic on constants of a dtype, in its own rounding; only where it stays a number. */
const round = (dtype: Dtype | undefined, x: number): number =>
  dtype === 'float32' ? Math.fround(x) : dtype === 'bit' ? ((x % 2) + 2) % 2 : dtype === 'int32' ? x | 0 : x
const safe = (dtype: Dtype | undefined, x: number): boolean =>
  dtype !== undefined && (dtypes[dtype].analytic || Number.isSafeInteger(x))

/** Whether no sum of up to n copies of x is rounded: in float32 and more, multiples of 2⁻¹⁰ up to 2¹⁴. */
const exactly = (dtype: Dtype, x: number, n: number): boolean =>
  dtypes[dtype].exact ? Number.isSafeInteger(x * n) : Number.isInteger(1024 * x) && Math.abs(1024 * x * n) <= 2 ** 24

const constantLike = (r: Redex, wire: Wire, value: number): Wire =>
  constant(r.algebra, value, wire.type.dtype, wire.type.shape)

/** The rules of arithmetic with constants and signs. */
export const constantRules: readonly Rule[] = [
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
]
