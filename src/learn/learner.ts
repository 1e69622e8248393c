import { dtypes, product, showObject, types, unit, type Obj, type Ob } from '../object/index.js'
import { lossAt, type Distance, type Loss, type UntypedLoss } from '../loss/index.js'
import { moveOptic, portObject, stateObject, type AnyMove, type Rule } from '../optimiser/index.js'
import {
  boxedOptic,
  close,
  composeOptic,
  identityOptic,
  optic,
  reverseCarrying,
  tensorOptic,
  type Optic,
  type Para,
  type Untyped,
} from '../optic/index.js'
import { constant, negate } from '../primitive/index.js'
import { apply, box, diagram, type Term } from '../term/index.js'
import type { Wire } from '../structure/index.js'
import { boundary, objective, type Boundary } from './objective.js'

/** A cap α : L → L′ at an object: it carries the direction and scale of learning, and nothing else. */
export type Cap = (loss: Obj) => Term

/** The cap `1`: descent with a rule that subtracts. */
export const one: Cap = (loss) =>
  diagram(loss, (_, algebra) => types(loss).map((t) => constant(algebra, 1, t.dtype, t.shape)))
/** The cap `−1`: a game's opponent. Throws in a rig without negation. */
export const minusOne: Cap = (loss) =>
  diagram(loss, (_, algebra) => types(loss).map((t) => negate(constant(algebra, 1, t.dtype, t.shape))))
/** The cap `ℓ ↦ −ℓ`: with `difference` and `plain` it is gradient descent over R and reverse derivative ascent over Z/2. */
export const negated: Cap = (loss) => diagram(loss, (x) => x.map(negate))

/** What a learner is made of: optimiser ▷ model ; loss ; cap, one composite. */
export interface Composite {
  readonly model: Untyped
  readonly loss: UntypedLoss
  readonly optimiser: AnyMove
  readonly cap: Cap
  /** Which port of the objective the optimiser stands on; the others are given. */
  readonly open: 'params' | 'x'
}

/** A learner of the parameters P with optimiser state S and ports Q, from inputs A and labels Y. */
export interface Learner<in out P, in out S, in out Q, in out A extends Ob, in out Y extends Ob> {
  readonly label: Y
  readonly input: A
  readonly params: P
  readonly slots: S
  readonly ports: Q
  readonly parts: Composite
}

/** A learner of an input A with the parameters P given. */
export interface Dreamer<in out P, in out S, in out Q, in out A extends Ob, in out Y extends Ob> extends Learner<
  P,
  S,
  Q,
  A,
  Y
> {
  readonly parts: Composite & { readonly open: 'x' }
}

/** Options of a learner. */
export interface LearnerOptions {
  readonly cap?: Cap
}

/** Throws where a loss over the reals is no scalar: under the cap 1 it would be minimised as its sum. */
function checkScalar({ name, term }: UntypedLoss): void {
  const [t] = types(term.cod)
  const scalar = term.cod.length === 1 && t?.shape.length === 0
  if (t !== undefined && dtypes[t.dtype].rational && !scalar)
    throw new TypeError(
      `learner: the loss ${name} answers ${showObject(term.cod)}, needs one scalar; apply sum or mean, or say which cap`,
    )
}

function assemble(
  model: unknown,
  loss: unknown,
  optimiser: unknown,
  given: Cap | undefined,
  open: 'params' | 'x',
): unknown {
  const [f, move] = [model as Untyped, optimiser as AnyMove]
  const e = lossAt(loss as UntypedLoss | Distance, f.cod)
  if (given === undefined) checkScalar(e)
  const cap = given ?? one
  return {
    label: e.label,
    input: f.dom,
    params: f.params,
    slots: move.slots,
    ports: move.ports,
    parts: { model: f, loss: e, optimiser: move, cap, open },
  }
}

/**
 * The learner optimiser ▷ model ; loss ; cap ("Categorical Foundations of Gradient-Based Learning", section 4). Throws
 * where the loss does not take what the model answers, and where it is no scalar over the reals and no cap is given.
 */
export function learner<P, S, Q, A extends Ob, B extends Ob, Y extends Ob = B>(
  model: Para<P, A, B>,
  loss: Loss<NoInfer<B>, Y> | Distance,
  optimiser: Rule<S, Q>,
  options: LearnerOptions = {},
): Learner<P, S, Q, A, Y> {
  return assemble(model, loss, optimiser, options.cap, 'params') as Learner<P, S, Q, A, Y>
}

/** The same composite with the input's port open: it learns an input, the parameters are given (deep dreaming). */
export function dreamer<P, S, Q, A extends Ob, B extends Ob, Y extends Ob = B>(
  model: Para<P, A, B>,
  loss: Loss<NoInfer<B>, Y> | Distance,
  optimiser: Rule<S, Q>,
  options: LearnerOptions = {},
): Dreamer<P, S, Q, A, Y> {
  return assemble(model, loss, optimiser, options.cap, 'x') as Dreamer<P, S, Q, A, Y>
}

/**
 * The named ports of a step, `{ state, params, buffers, key, rate, x, y } → { state, learned, buffers, key, loss, metrics }`:
 * the objects of the segments of its domain, in this order, and of its loss. `learned` is params or, of a dreamer, x. Those
 * that are absent are I: buffers of a model without any and of a dreamer, which reads its model as it predicts; the key
 * of a model that draws nothing, else int32[2], which the session derives for each step; metrics.
 */
export interface StepPorts {
  readonly state: Obj
  readonly params: Obj
  readonly buffers: Obj
  readonly key: Obj
  /** The ports of the optimiser. */
  readonly rate: Obj
  readonly x: Obj
  readonly y: Obj
  readonly learned: 'params' | 'x'
  readonly loss: Obj
  readonly metrics: Obj
}
/** A step as one closed term, with its ports. */
export interface Step {
  readonly term: Term
  readonly ports: StepPorts
}

/** The segments of a step's domain, in order. */
export const segments = ['state', 'params', 'buffers', 'key', 'rate', 'x', 'y'] as const

/** The domain of a step: its segments in order. */
export function domainOf(ports: StepPorts): Obj {
  return segments.map((name) => ports[name]).reduce(product)
}

/** The numbers of the wires of a segment in the domain of a step. */
export function wiresOfSegment(ports: StepPorts, segment: (typeof segments)[number]): number[] {
  let from = 0
  for (const name of segments) {
    if (name === segment) break
    from += ports[name].length
  }
  return Array.from({ length: ports[segment].length }, (_, i) => from + i)
}

/**
 * The closed step of a learner at n examples: `close((optimiser ⊗ 1) ; reverse(objective), cap)`, a first-order term
 * S ⊗ P ⊗ U ⊗ K ⊗ Q ⊗ X ⊗ Y → S ⊗ P ⊗ U ⊗ L, with buffers U and a key K where the model has them. Where n is undefined,
 * at one example without the axis of a batch.
 */
export function stepOf(learner: { readonly parts: Composite }, n?: number): Step {
  const { model, loss, optimiser, cap, open } = learner.parts
  const reading = open === 'params' ? 'training' : 'prediction'
  const bounds = boundary(model, loss, n, reading)
  const given: 'params' | 'x' = open === 'params' ? 'x' : 'params'
  const rest = [bounds.buffers, bounds.key, bounds[given], bounds.y].reduce(product)
  const f = opened(objective(model, loss, n, reading), open, bounds)
  const update = boxedOptic(optimiser.name, moveOptic(optimiser, bounds[open]))
  const composite = composeOptic(
    tensorOptic(update, identityOptic(rest)),
    boxedOptic(`model ; ${loss.name}`, buffered(f, bounds[open], bounds.buffers)),
  )
  const closed = close(composite, box('cap', cap(composite.cod)))
  const state = stateObject(optimiser, bounds[open])
  const ports: StepPorts = {
    state,
    ...bounds,
    rate: portObject(optimiser),
    learned: open,
    loss: composite.cod,
    metrics: unit,
  }
  const kept = state.length + bounds[open].length
  const order = (['state', open, 'rate', 'buffers', 'key', given, 'y'] as const).flatMap((name) =>
    wiresOfSegment(ports, name),
  )
  const term = diagram(domainOf(ports), (wires, algebra) => {
    const out = algebra.box(
      closed,
      order.map((i) => wires[i] as Wire),
    )
    return [...out.slice(0, kept + bounds.buffers.length), ...out.slice(kept + rest.length)]
  })
  return { term, ports }
}

/**
 * The reverse derivative of an objective P ⊗ U ⊗ … → L ⊗ U with its buffers as a port (U, U): what comes back from it are
 * their next values, not cotangents.
 */
function buffered(f: Term, params: Obj, buffers: Obj): Optic {
  const r = reverseCarrying(f, buffers.length)
  if (buffers.length === 0) return r
  const [m, p] = [r.residual.length, params.length]
  const backward = diagram(product(r.residual, r.codBack), (wires, algebra) => {
    const back = apply(r.backward, wires, algebra)
    return [...back.slice(0, p), ...wires.slice(m - buffers.length, m), ...back.slice(p + buffers.length)]
  })
  return optic(r.residual, r.forward, backward, r.cod, r.codBack)
}

/** The objective with the learned port first. */
function opened(f: Term, open: 'params' | 'x', { params, x, y }: Boundary): Term {
  if (open === 'params') return f
  const [a, b] = [x.length, x.length + params.length]
  return diagram([x, params, y].reduce(product), (wires, algebra) =>
    algebra.box(f, [...wires.slice(a, b), ...wires.slice(0, a), ...wires.slice(b)]),
  )
}
