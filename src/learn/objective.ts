import { dtypes, objectOf, product, type Obj } from '../object/index.js'
import { batch, batchObject, checkBatch } from '../compile/index.js'
import { parameterObject, type Untyped } from '../optic/index.js'
import type { UntypedLoss } from '../loss/index.js'
import { multiply, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { apply, box, diagram, type Term } from '../term/index.js'

/** The objects of an objective: parameters, inputs and labels, with the axis of the batch where there is one. */
export interface Boundary {
  readonly params: Obj
  readonly x: Obj
  readonly y: Obj
}

/** The boundary of a model and a loss at n examples, or at one without the axis. */
export function boundary(model: Untyped, loss: UntypedLoss, n: number | undefined): Boundary {
  const many = (a: Obj): Obj => (n === undefined ? a : batchObject(n, a))
  return { params: parameterObject(model), x: many(objectOf(model.dom)), y: many(objectOf(loss.label)) }
}

/** `[n, s…] → [s…]`: the mean in a rig with fractions, the sum elsewhere. */
function average(x: Wire): Wire {
  const total = sum(x, [0])
  return dtypes[x.type.dtype].rational ? multiply(1 / (x.type.shape[0] ?? 1), total) : total
}

/**
 * model ; loss : P ⊗ X ⊗ Y → L at n examples, followed by the mean over them (the sum in a rig without fractions); at one
 * example without the axis where n is undefined.
 */
export function objective(model: Untyped, loss: UntypedLoss, n: number | undefined): Term {
  if (n !== undefined) checkBatch(n)
  const { params, x, y } = boundary(model, loss, n)
  const flags = [...model.parameters.map(() => false), ...model.dom.map(() => true)]
  const f = n === undefined ? model.term : batch(n, model.term, flags)
  const e =
    n === undefined
      ? loss.term
      : batch(
          n,
          loss.term,
          [...loss.label, ...loss.output].map(() => true),
        )
  const lines = [params, x, y].reduce(product)
  return diagram(lines, (wires, algebra) => {
    const given = wires.slice(0, params.length + x.length)
    const prediction = apply(box('model', f), given, algebra)
    const values = apply(box(loss.name, e), [...wires.slice(given.length), ...prediction], algebra)
    return n === undefined ? values : values.map(average)
  })
}

/** model ; loss with the prediction beside: P ⊗ X ⊗ Y → B ⊗ L, for evaluation. */
export function evaluation(model: Untyped, loss: UntypedLoss, n: number): Term {
  const { params, x, y } = boundary(model, loss, n)
  const flags = [...model.parameters.map(() => false), ...model.dom.map(() => true)]
  const f = batch(n, model.term, flags)
  const whole = objective(model, loss, n)
  return diagram([params, x, y].reduce(product), (wires, algebra) => [
    ...apply(f, wires.slice(0, params.length + x.length), algebra),
    ...apply(whole, wires, algebra),
  ])
}
