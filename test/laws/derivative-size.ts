import * as fc from 'fast-check'
import { context, generators, reference, termsByValue } from '../../laws/index.js'
import { float64, objectOf, type Dtype } from '../../src/object/index.js'
import { forwardDerivative as D, reverseDerivative as R } from '../../src/optic/index.js'
import { multiply, sin } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, occurrences, sequential, type Term } from '../../src/term/index.js'

/** Number of primitives in a term, each as often as it stands there: what a derivative would copy. */
export function primitivesOf(f: Term): number {
  return [...occurrences(f).values()].reduce((n, k) => n + k, 0)
}

/** Primitives of f and of the derivatives that RD.6 and RD.7 compare. */
export interface Growth {
  readonly name: string
  readonly f: number
  /** `R[R[R[f]]]`, of RD.6. */
  readonly third: number
  /** `D[D[f]]`, of RD.7. */
  readonly second: number
}

const growth = (name: string, f: Term): Growth => ({
  name,
  f: primitivesOf(f),
  third: primitivesOf(R(R(R(f)))),
  second: primitivesOf(D(D(f))),
})

/** Growth over chains of n squares and of n sines. */
export function chains(): readonly Growth[] {
  const a = objectOf([float64(2)])
  const square = diagram(a, ([x]) => [multiply(x as Wire, x as Wire)])
  const sine = diagram(a, ([x]) => [sin(x as Wire)])
  const of = (name: string, step: Term): Growth[] =>
    [1, 2, 4, 8].map((n) => growth(`${n} × ${name}`, sequential(Array.from({ length: n }, () => step))))
  return [...of('x · x', square), ...of('sin', sine)]
}

/** Terms of which the laws try RD.6 and RD.7: how many, and the largest of their derivatives. */
export interface Tried {
  readonly dtype: Dtype
  readonly terms: string
  readonly count: number
  readonly f: number
  readonly third: number
  readonly second: number
}

/** What RD.6 and RD.7 are tried at: every generator, and 100 random programs of at most two steps. */
export function tried(): readonly Tried[] {
  return (['float64', 'integer', 'bit'] as const).flatMap((dtype) => {
    const s = termsByValue(reference, { dtype })
    const random = fc.sample(context(s, { f: 'A → B' }, 2).arbitrary, { seed: 42, numRuns: 100 })
    return [
      largest(dtype, 'generators', generators(s).all()),
      largest(dtype, 'random programs of at most two steps', random),
    ]
  })
}

function largest(dtype: Dtype, name: string, programs: readonly { readonly values: { readonly f: Term } }[]): Tried {
  const all = programs.map(({ values: { f } }) => growth('', f))
  const most = (of: (g: Growth) => number): number => all.reduce((n, g) => Math.max(n, of(g)), 0)
  return {
    dtype,
    terms: name,
    count: all.length,
    f: most((g) => g.f),
    third: most((g) => g.third),
    second: most((g) => g.second),
  }
}
