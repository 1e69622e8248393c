import { product, types, type Obj, type Ob } from '../object/index.js'
import { lossAt, type Distance, type Loss, type UntypedLoss } from '../loss/index.js'
import { moveOptic, portObject, stateObject, type AnyMove, type Rule } from '../optimiser/index.js'
import { boxedOptic, close, composeOptic, identityOptic, reverse, tensorOptic, type Para, type Untyped } from '../optic/index.js'
import { constant, negate } from '../primitive/index.js'
import { box, diagram, type Term } from '../term/index.js'
import { boundary, objective } from './objective.js'

/** A cap α : L → L′ at an object: it carries the direction and scale of learning, and nothing else. */
export type Cap = (loss: Obj) => Term

/** The cap `1`: descent with a rule that subtracts. */
export const one: Cap = (loss) => diagram(loss, (_, algebra) => types(loss).map((t) => constant(algebra, 1, t.dtype, t.shape)))
/** The cap `−1`: a game's opponent. Throws in a rig without negation. */
export const minusOne: Cap = (loss) => diagram(loss, (_, algebra) => types(loss).map((t) => negate(constant(algebra, 1, t.dtype, t.shape))))
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
export interface Dreamer<in out P, in out S, in out Q, in out A extends Ob, in out Y extends Ob> extends Learner<P, S, Q, A, Y> {
  readonly parts: Composite & { readonly open: 'x' }
}

/** Options of a learner. */
export interface LearnerOptions {
  readonly cap?: Cap
}

function assemble(model: unknown, loss: unknown, optimiser: unknown, cap: Cap, open: 'params' | 'x'): unknown {
  const [f, move] = [model as Untyped, optimiser as AnyMove]
  const e = lossAt(loss as UntypedLoss | Distance, f.cod)
  return { label: e.label, input: f.dom, params: f.params, slots: move.slots, ports: move.ports, parts: { model: f, loss: e, optimiser: move, cap, open } }
}

/**
 * The learner optimiser ▷ model ; loss ; cap ("Categorical Foundations of Gradient-Based Learning", section 4). Throws
 * where the loss does not take what the model answers.
 */
export function learner<P, S, Q, A extends Ob, B extends Ob, Y extends Ob = B>(
  model: Para<P, A, B>,
  loss: Loss<NoInfer<B>, Y> | Distance,
  optimiser: Rule<S, Q>,
  options: LearnerOptions = {},
): Learner<P, S, Q, A, Y> {
  return assemble(model, loss, optimiser, options.cap ?? one, 'params') as Learner<P, S, Q, A, Y>
}

/** The same composite with the input's port open: it learns an input, the parameters are given (deep dreaming). */
export function dreamer<P, S, Q, A extends Ob, B extends Ob, Y extends Ob = B>(
  model: Para<P, A, B>,
  loss: Loss<NoInfer<B>, Y> | Distance,
  optimiser: Rule<S, Q>,
  options: LearnerOptions = {},
): Dreamer<P, S, Q, A, Y> {
  return assemble(model, loss, optimiser, options.cap ?? one, 'x') as Dreamer<P, S, Q, A, Y>
}

/** The named segments of a step's domain, in order; those of its codomain are state, learned and loss. */
export interface StepPorts {
  readonly state: Obj
  /** The parameters, or the input of a dreamer. */
  readonly learned: Obj
  /** The optimiser's ports. */
  readonly ports: Obj
  /** Inputs and labels; parameters and labels for a dreamer. */
  readonly given: Obj
  readonly loss: Obj
}
/** A step as one closed term, with its ports. */
export interface Step {
  readonly term: Term
  readonly ports: StepPorts
}

/**
 * The closed step of a learner at n examples: `close((optimiser ⊗ 1) ; reverse(objective), cap)`, a first-order term
 * S ⊗ P ⊗ Q ⊗ X ⊗ Y → S ⊗ P ⊗ L. Where n is undefined, at one example without the axis of a batch.
 */
export function stepOf(learner: { readonly parts: Composite }, n?: number): Step {
  const { model, loss, optimiser, cap, open } = learner.parts
  const bounds = boundary(model, loss, n)
  const [learned, rest] = open === 'params' ? [bounds.params, bounds.x] : [bounds.x, bounds.params]
  const given = product(rest, bounds.y)
  const f = opened(objective(model, loss, n), open, bounds)
  const composite = composeOptic(tensorOptic(boxedOptic(optimiser.name, moveOptic(optimiser, learned)), identityOptic(given)), boxedOptic(`model ; ${loss.name}`, reverse(f)))
  const closed = close(composite, box('cap', cap(f.cod)))
  const state = stateObject(optimiser, learned)
  const [kept, all] = [state.length + learned.length, state.length + learned.length + given.length]
  const term = diagram(closed.dom, (x, algebra) => {
    const out = algebra.box(closed, x)
    return [...out.slice(0, kept), ...out.slice(all)]
  })
  return { term, ports: { state, learned, ports: portObject(optimiser), given, loss: f.cod } }
}

/** The objective with the learned port first. */
function opened(f: Term, open: 'params' | 'x', { params, x, y }: ReturnType<typeof boundary>): Term {
  if (open === 'params') return f
  const [a, b] = [x.length, x.length + params.length]
  return diagram([x, params, y].reduce(product), (wires, algebra) => algebra.box(f, [...wires.slice(a, b), ...wires.slice(0, a), ...wires.slice(b)]))
}
