import * as fc from 'fast-check'
import { dtypes, type Dtype } from '../../src/object/index.js'
import type { Scalars } from '../../src/structure/index.js'
import { law, type Law, type LawSet, type Variables } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import type { Interpreter, Plain } from '../value/interpreter.js'
import { given, rounding, type Rounded } from '../value/rounding.js'

/** Elements of a rig. */
interface Elements {
  readonly a: Rounded
  readonly b: Rounded
  readonly c: Rounded
}

/** An element from a natural below 512: both signs, sixteenths of the reals, wide integers mod 2³². */
function element(dtype: Dtype, n: number): Plain {
  const k = n % 2 === 0 ? n / 2 : -(n + 1) / 2
  if (dtype === 'bit') return n % 2
  if (dtype === 'integer') return BigInt(k)
  if (dtype === 'int32') return n % 3 === 0 ? Math.imul(n, 0x9e3779b1) : k
  return k / 16
}

function elements(dtype: Dtype, plain: Scalars<Plain>): Variables<Elements> {
  const of = (n: number): Rounded => given(plain.of(Number(element(dtype, n))))
  const described = {
    text: `a, b, c : ${dtypes[dtype].rig} (${dtype})`,
    show: ({ a, b, c }: Elements) => ({ a: String(a.value), b: String(b.value), c: String(c.value) }),
  }
  const bits = [0, 1]
  if (dtype === 'bit')
    return {
      ...described,
      all: () => bits.flatMap((a) => bits.flatMap((b) => bits.map((c) => ({ a: of(a), b: of(b), c: of(c) })))),
    }
  const one = fc.nat(511)
  return {
    ...described,
    arbitrary: fc.tuple(one, one, one).map(([a, b, c]) => ({ a: of(a), b: of(b), c: of(c) })),
  }
}

/**
 * The laws of a commutative ring, of the scalars that an interpreter has for a dtype; of floating-point numbers wherever
 * nothing is rounded, else within the bound on what is.
 */
export function rig({ plain, dual }: Pick<Interpreter, 'plain' | 'dual'>, dtype: Dtype, name = 'scalars'): LawSet {
  const s: Scalars<Rounded> = rounding({ plain, dual })(dtype)
  const forall = elements(dtype, plain(dtype))
  const stated = (law_: string, equation: string, sides: (v: Elements) => readonly [Rounded, Rounded]): Law =>
    law({
      name: law_,
      equation,
      source: 'Mac Lane and Birkhoff, Algebra, III.1',
      forall,
      holds(v) {
        const [l, r] = sides(v)
        return sameValues([{ dtype, shape: [], data: [l] }], [{ dtype, shape: [], data: [r] }])
      },
    })
  const laws = [
    stated('sums associate', '(a + b) + c = a + (b + c)', ({ a, b, c }) => [
      s.add(s.add(a, b), c),
      s.add(a, s.add(b, c)),
    ]),
    stated('sums commute', 'a + b = b + a', ({ a, b }) => [s.add(a, b), s.add(b, a)]),
    stated('zero', '0 + a = a', ({ a }) => [s.add(s.zero, a), a]),
    stated('products associate', '(ab)c = a(bc)', ({ a, b, c }) => [
      s.multiply(s.multiply(a, b), c),
      s.multiply(a, s.multiply(b, c)),
    ]),
    stated('products commute', 'ab = ba', ({ a, b }) => [s.multiply(a, b), s.multiply(b, a)]),
    stated('one', '1a = a', ({ a }) => [s.multiply(s.one, a), a]),
    stated('distributivity', 'a(b + c) = ab + ac', ({ a, b, c }) => [
      s.multiply(a, s.add(b, c)),
      s.add(s.multiply(a, b), s.multiply(a, c)),
    ]),
    stated('annihilation', '0a = 0', ({ a }) => [s.multiply(s.zero, a), s.zero]),
    stated('negation', 'a + (−a) = 0', ({ a }) => [s.add(a, s.negate(a)), s.zero]),
  ]
  return { name: 'rig', subject: `${name}, ${dtype}`, parents: [], laws }
}
