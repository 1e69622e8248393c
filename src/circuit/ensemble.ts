import { batch, checkBatch } from '../compile/index.js'
import { split } from '../initialiser/index.js'
import { size, surface, surfaceOf, type Batch, type Ob, type TensorType, type Type } from '../object/index.js'
import { leavesOf, treeOf, type Para, type Parameter } from '../optic/index.js'
import { box } from '../term/index.js'

/** A parameter space with one axis more in front of each tensor. */
export type Stacked<N extends number, P> = P extends TensorType
  ? Batch<P, N>
  : { -readonly [K in keyof P]: Stacked<N, P[K]> }

/**
 * n models side by side on one input, A → Bⁿ: each has parameters of its own, with an axis of n in front and drawn from
 * keys of their own, and so has each output. What they answer may be counted: `majorityVote`, `pluralityVote`.
 */
export function ensemble<const N extends number, P, A extends Ob, B extends Ob>(
  members: N,
  model: Para<P, A, B>,
): Para<Stacked<N, P>, A, { [K in keyof B]: Batch<B[K], N> & TensorType }> {
  checkBatch(members)
  const term = batch(members, model.term, [...model.parameters.map(() => true), ...model.dom.map(() => false)])
  const stacked = (t: Type): Type => ({ dtype: t.dtype, shape: [members, ...t.shape] })
  const parameters = model.parameters.map((p): Parameter => ({
    ...p,
    type: stacked(p.type),
    draw: drawEach(p, members),
  }))
  const leaves = leavesOf(model.params).map(({ path, type }) => ({ path, value: surface(stacked(type)) }))
  return {
    dom: model.dom,
    cod: surfaceOf(term.cod),
    params: treeOf(leaves),
    parameters,
    term: box('ensemble', term),
  } as never
}

/** The draws of each member, from the key of its number. */
function drawEach({ draw }: Parameter, members: number): Parameter['draw'] {
  return (key, [, ...shape]) => {
    const out = new Float64Array(members * size(shape))
    for (let i = 0; i < members; i++) out.set(Array.from(draw(split(key, i), shape)), i * size(shape))
    return out
  }
}
