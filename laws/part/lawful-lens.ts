import type { Values } from '../value/bounds.js'
import * as fc from 'fast-check'
import { showObject, size, types, type Obj } from '../../src/object/index.js'
import { getOf, putOf, type Optic } from '../../src/optic/index.js'
import { element, flatten, type Term } from '../../src/term/index.js'
import { claiming } from '../law/claim.js'
import { law, type Law, type LawSet, type Sides, type Variables } from '../law/law.js'
import { sameValues, showValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { given, rounding } from '../value/rounding.js'

/** What a lens `(S, S) → (V, V)` may claim. */
export type LensClaim = 'getPut' | 'putGet' | 'putPut'

interface Point {
  readonly s: Values
  readonly v: Values
  readonly w: Values
}

/**
 * The laws of a lens whose backward objects are its forward ones: GetPut, PutGet and PutPut as claims, over bits for all
 * values where the points are at most 2¹², else at small integers and sixteenths.
 *
 * ```ts run
 * import { object, lensOptic, term } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 *
 * // The view of the whole: get(s) = s and put(s, v) = v.
 * const one = object.objectOf([[2]])
 * const put = term.tensor(term.discard(one), term.identity(one))
 * const whole = laws.lawfulLens('whole', lensOptic(term.identity(one), put, one), { claims: ['getPut', 'putGet', 'putPut'] })
 * console.log(check(whole)._tag) // → Right
 * ```
 */
export function lawfulLens(
  name: string,
  lens: Optic,
  options: { readonly claims?: readonly LensClaim[] } = {},
): LawSet {
  const scalars = rounding(reference)
  const run = remembered((f, x) => reference.interpret(f, x, scalars))
  const [get, put] = [flatten(getOf(lens)), flatten(putOf(lens))]
  const source = 'Foster et al., Combinators for bidirectional tree transformations, 2007'
  const claim = (of: LensClaim, views: 0 | 1 | 2, text: string, holds: (p: Point) => Sides): Law =>
    law({ name: of, equation: text, source, forall: points(lens.dom, lens.cod, views), holds })
  const claims: { readonly [C in LensClaim]: Law } = {
    getPut: claim('getPut', 0, 'put(s, get s) = s', ({ s }) => sameValues(run(put, [...s, ...run(get, s)]), s)),
    putGet: claim('putGet', 1, 'get(put(s, v)) = v', ({ s, v }) => sameValues(run(get, run(put, [...s, ...v])), v)),
    putPut: claim('putPut', 2, 'put(put(s, v), w) = put(s, w)', ({ s, v, w }) =>
      sameValues(run(put, [...run(put, [...s, ...v]), ...w]), run(put, [...s, ...w])),
    ),
  }
  return claiming(
    'laws.lawfulLens',
    { name: 'lawful lens', subject: name, parents: [], laws: [] },
    claims,
    options.claims ?? [],
  )
}

/** What was computed once is not computed again: a law at all points of a few bits asks for each many times. */
function remembered(run: (f: Term, x: Values) => Values): (f: Term, x: Values) => Values {
  const known = new Map<Term, Map<string, Values>>()
  return (f, x) => {
    if (!x.every((t) => t.dtype === 'bit')) return run(f, x)
    const here = known.get(f) ?? new Map<string, Values>()
    known.set(f, here)
    const key = x.flatMap((t) => Array.from(t.data, (a) => a.value)).join('')
    const value = here.get(key) ?? run(f, x)
    here.set(key, value)
    return value
  }
}

/** Points of S and as many of V as a law speaks about. */
function points(s: Obj, v: Obj, views: 0 | 1 | 2): Variables<Point> {
  const decode = (a: Obj, n: (i: number) => number, from: number): Values => {
    let at = from
    return types(a).map((t) => ({
      ...t,
      data: Array.from({ length: size(t.shape) }, () => {
        const x = element(t.dtype, n(at++))
        return given(t.dtype === 'integer' ? BigInt(x) : x)
      }),
    }))
  }
  const entries = (a: Obj): number => types(a).reduce((n, t) => n + size(t.shape), 0)
  const [m, n] = [entries(s), entries(v)]
  const at = (number: (i: number) => number): Point => ({
    s: decode(s, number, 0),
    v: decode(v, number, m),
    w: decode(v, number, m + n),
  })
  const about = {
    text: `s : ${showObject(s)}, v, w : ${showObject(v)}`,
    show: (p: Point) => ({ s: showValues(p.s), v: showValues(p.v), w: showValues(p.w) }),
  }
  const total = m + views * n
  if ([...types(s), ...types(v)].every((t) => t.dtype === 'bit') && m + n <= 12)
    return { ...about, all: () => Array.from({ length: 2 ** total }, (_, word) => at((i) => (word >> i) & 1)) }
  const naturals = fc.array(fc.nat(63), { minLength: Math.max(1, total), maxLength: Math.max(1, total) })
  return { ...about, arbitrary: naturals.map((list) => at((i) => list[i] ?? 0)) }
}
