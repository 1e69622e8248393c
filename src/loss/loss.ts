import { objectOf, product, showObject, sameObject, type Obj, type Ob } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram, type Term } from '../term/index.js'

/** A loss `Y ⊗ B → L`, a Para map whose parameter is the label: e(label, prediction). Over the reals L is the scalar. */
export interface Loss<in out B extends Ob, in out Y extends Ob> {
  readonly name: string
  readonly output: B
  readonly label: Y
  readonly term: Term
  /** Number of classes where labels are indices: they are 0 … classes − 1. */
  readonly classes?: number | undefined
}

/** A loss between two things of one type, whatever it is: `B ⊗ B → L`. */
export interface Distance {
  readonly distance: string
  /** e(label, prediction) on the wires of an object. */
  readonly body: (label: readonly Wire[], prediction: readonly Wire[]) => readonly Wire[]
}

/** What combinators do not need to know of a loss. */
export interface UntypedLoss {
  readonly name: string
  readonly output: Ob
  readonly label: Ob
  readonly term: Term
  readonly classes?: number | undefined
}

/** A distance at an object. */
export function lossAt(loss: UntypedLoss | Distance, output: Ob): UntypedLoss {
  const b = objectOf(output)
  if ('distance' in loss)
    return { name: loss.distance, output, label: output, term: box(loss.distance, distanceTerm(loss, b)) }
  if (!sameObject(objectOf(loss.output), b))
    throw new TypeError(
      `learner: the loss ${loss.name} takes ${showObject(objectOf(loss.output))}, the model answers ${showObject(b)}`,
    )
  return loss
}

function distanceTerm(loss: Distance, b: Obj): Term {
  const term = diagram(product(b, b), (x) => loss.body(x.slice(0, b.length), x.slice(b.length)))
  if (term.cod.length === 0)
    throw new TypeError(`learner: the loss ${loss.distance} answers no tensor, needs at least one`)
  return term
}
