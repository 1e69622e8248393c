import { sameObject, showObject, showType, types } from '../../src/object/index.js'
import type { Untyped } from '../../src/optic/index.js'
import type { Term } from '../../src/term/index.js'
import { claiming } from '../law/claim.js'
import { law, type Law, type LawSet } from '../law/law.js'
import {
  circuitLaws,
  expansionLaws,
  parameterBits,
  readingOf,
  sameBits,
  update,
  type Circuit,
  type Reading,
} from './circuit-law.js'
import { checkGiven, checkName, checkOptions } from './given.js'
import { bitPoints, bitsOf, most } from './circuit-point.js'

/** A claim that a circuit may make. */
export type CircuitClaim = 'safe' | 'putGet' | 'putPut'

/** What is said of a circuit. */
export interface CircuitOptions {
  readonly claims?: readonly CircuitClaim[]
  /** Points are sampled where there are more than 2¹². */
  readonly sampled?: boolean
  /** The polynomial that it is, where it is a box with an optic of its own. */
  readonly expansion?: Term
}

/**
 * The laws of a circuit, a term or a model over bits, at every point of Z₂ⁿ for n up to 12: R is the formal derivative, and
 * additive; a batch is its examples; the integers reduce to the bits; a step of reverse derivative ascent rests where
 * there is no error. It may claim to be `safe`, its formal derivative the difference f(x + eᵢ) + f(x), and that a step puts
 * what is then got, `putGet` and `putPut`. A box with an optic of its own is compared with its `expansion`. Throws where a wire at the boundary is no bit, and where there are too many
 * points: `laws.circuit: lookup has 2^19 points, all are tried up to 2^12; ask for sampled`.
 *
 * ```ts run
 * import { lookup, over } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 * const table = laws.circuit('lookup', over('bit', lookup(2, 1)), { claims: ['safe', 'putGet', 'putPut'] })
 * console.log(check(table)._tag) // → Right
 * ```
 */
export function circuit(name: string, given: Term | Untyped, options: CircuitOptions = {}): LawSet {
  checkName('laws.circuit', name)
  checkGiven('laws.circuit', name, given, ['term', 'dom'], 'a term or a model over bits')
  checkOptions('laws.circuit', options, { claims: true, sampled: true, expansion: true })
  const { sampled = false, claims = [], expansion } = options
  const model = 'term' in given ? given : undefined
  const term = model === undefined ? (given as Term) : model.term
  for (const t of [...types(term.dom), ...types(term.cod)])
    if (t.dtype !== 'bit') throw new TypeError(`laws.circuit: ${name} has a ${showType(t)} at its boundary, needs bits`)
  const n = bitsOf(term.dom)
  if (n > most && !sampled)
    throw new RangeError(`laws.circuit: ${name} has 2^${n} points, all are tried up to 2^${most}; ask for sampled`)
  const it: Circuit = {
    name,
    term,
    parameters: model?.parameters.length ?? 0,
    ...(expansion === undefined ? {} : { expansion: checkedExpansion(name, term, expansion) }),
  }
  const reading = readingOf(it)
  const boxLaws = expansion === undefined ? [] : expansionLaws(reading, expansion)
  const set = { name: 'circuit', subject: name, parents: [], laws: [...circuitLaws(reading), ...boxLaws] }
  return claiming<CircuitClaim>('laws.circuit', set, claimsOf(reading), claims)
}

/** Throws where an expansion is of another type than its box. */
function checkedExpansion(name: string, term: Term, expansion: Term): Term {
  if (!sameObject(term.dom, expansion.dom) || !sameObject(term.cod, expansion.cod))
    throw new TypeError(
      `laws.circuit: ${name} is ${showObject(term.dom)} → ${showObject(term.cod)}, its expansion ${showObject(expansion.dom)} → ${showObject(expansion.cod)}`,
    )
  return expansion
}

function claimsOf(r: Reading): { readonly [C in CircuitClaim]: Law } {
  const { n, m, circuit: it } = r
  const k = parameterBits(it)
  const foster = 'Foster et al., Combinators for bidirectional tree transformations, 2007'
  return {
    safe: law({
      name: 'safe',
      equation: 'R[f](x, w)ᵢ = ⟨w, f(x + eᵢ) + f(x)⟩',
      source: 'the formal derivative of a multilinear polynomial is its Boolean difference',
      forall: bitPoints({ x: n, w: m }),
      holds({ x, w }) {
        const here = r.f(x)
        const differences = x.map((_, i) => {
          const there = r.f(x.map((b, j) => (i === j ? 1 - b : b)))
          return w.reduce((t, b, j) => t ^ (b & ((there[j] ?? 0) ^ (here[j] ?? 0))), 0)
        })
        return sameBits(r.reverse(x, w), differences)
      },
    }),
    putGet: law({
      name: 'putGet',
      equation: 'f(U(p, x, y), x) = y',
      source: foster,
      forall: bitPoints({ x: n, y: m }),
      holds: ({ x, y }) => sameBits(r.f([...update(r, x, y), ...x.slice(k)]), y),
    }),
    putPut: law({
      name: 'putPut',
      equation: 'U(U(p, x, y), x, z) = U(p, x, z)',
      source: foster,
      forall: bitPoints({ x: n, y: m, z: m }),
      holds: ({ x, y, z }) => sameBits(update(r, [...update(r, x, y), ...x.slice(k)], z), update(r, x, z)),
    }),
  }
}
