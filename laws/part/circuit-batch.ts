import { evaluate } from '../../src/backend/reference/index.js'
import { batch } from '../../src/compile/index.js'
import { size, types, type Obj } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import type { Term } from '../../src/term/index.js'
import { law, type Law } from '../law/law.js'
import { plus, sameBits, unit, type Reading } from './circuit-law.js'
import { bitPoints, entriesOf, tensorsOf } from './circuit-point.js'

/** Examples in a batch. */
const many = 4

type Bits = readonly number[]

/** The parts of an object's bits, tensor by tensor. */
function partsOf(a: Obj, bits: Bits): readonly Bits[] {
  let from = 0
  return types(a).map((t) => bits.slice(from, (from += size(t.shape))))
}

/** The bits of a batch: of each tensor those of all examples, or what becomes of them where they share it. */
function rows(
  a: Obj,
  examples: readonly Bits[],
  batched: readonly boolean[],
  shared: (all: readonly Bits[]) => Bits,
): Bits {
  const each = examples.map((x) => partsOf(a, x))
  return types(a).flatMap((_, i) => {
    const own = each.map((parts) => parts[i] ?? [])
    return batched[i] === true ? own.flat() : shared(own)
  })
}

const first = (all: readonly Bits[]): Bits => all[0] ?? []
const total = (all: readonly Bits[]): Bits => all.reduce(plus)

/** x and neighbours of it, the tensors that are shared as in x. */
function neighbours(a: Obj, x: Bits, batched: readonly boolean[]): readonly Bits[] {
  const here = partsOf(a, x)
  return Array.from({ length: many }, (_, i) => {
    const moved = partsOf(a, plus(x, unit(x.length, i === 0 ? -1 : (5 * i - 5) % Math.max(1, x.length))))
    return moved.flatMap((part, k) => (batched[k] === true ? part : (here[k] ?? [])))
  })
}

/** The laws of a circuit and its batches, of which all inputs are the examples' own, or the first is shared. */
export function circuitBatchLaws(r: Reading): readonly Law[] {
  const { term } = r.circuit
  const own = types(term.dom).map(() => true)
  return [batchLaw(r, term, own), reverseLaw(r, term, [own, own.map((_, i) => i > 0)])]
}

function batchLaw(r: Reading, term: Term, batched: readonly boolean[]): Law {
  const f = batch(many, term, batched)
  return law({
    name: 'batch',
    equation: 'batch(f)(x, x + e₀, …) = (f(x), f(x + e₀), …)',
    source: 'a batch is its examples side by side',
    forall: bitPoints({ x: r.n }),
    holds({ x }) {
      const points = neighbours(term.dom, x, batched)
      const outs = entriesOf(evaluate(f, tensorsOf(f.dom, rows(term.dom, points, batched, first))))
      return sameBits(
        outs,
        rows(
          term.cod,
          points.map((at) => r.f(at)),
          types(term.cod).map(() => true),
          first,
        ),
      )
    },
  })
}

function reverseLaw(r: Reading, term: Term, ways: readonly (readonly boolean[])[]): Law {
  const outputs = types(term.cod).map(() => true)
  const backs = ways.map((batched) => ({ batched, back: reverseDerivative(batch(many, term, batched)) }))
  return law({
    name: 'batch of R',
    equation: 'R[batch(f)] = batch(R[f]); for an input that examples share, the sum',
    source: 'batching stands between Para and reverse, so the gradient of what is shared is the sum over examples',
    forall: bitPoints({ x: r.n }),
    holds({ x }) {
      // R is additive in its cotangent, so these are enough: as many of the bits of x again.
      const w = Array.from({ length: r.m }, (_, j) => x[(j + 1) % r.n] ?? 0)
      const cotangents = neighbours(term.cod, w, outputs)
      const sides = backs.map(({ batched, back }) => {
        const points = neighbours(term.dom, x, batched)
        const inputs = [...rows(term.dom, points, batched, first), ...rows(term.cod, cotangents, outputs, first)]
        const each = points.map((at, i) => r.reverse(at, cotangents[i] ?? []))
        return [entriesOf(evaluate(back, tensorsOf(back.dom, inputs))), rows(term.dom, each, batched, total)] as const
      })
      return sameBits(
        sides.flatMap(([lhs]) => lhs),
        sides.flatMap(([, rhs]) => [...rhs]),
      )
    },
  })
}
