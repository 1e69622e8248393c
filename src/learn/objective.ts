import { dtypes, object, objectOf, product, types, type Obj } from '../object/index.js'
import { batch, batchObject, checkBatch, keyObject, training, trainingBoxes } from '../compile/index.js'
import { parameterObject, type Untyped } from '../optic/index.js'
import type { UntypedLoss } from '../loss/index.js'
import { multiply, sum } from '../primitive/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { apply, box, diagram, type Term } from '../term/index.js'
import { deal } from './functor/deal.js'

/** The objects of an objective: parameters, inputs and labels, with the axis of the batch where there is one. */
export interface Boundary {
  readonly params: Obj
  readonly buffers: Obj
  readonly key: Obj
  readonly x: Obj
  readonly y: Obj
}

/** How a model is read: by what it predicts, with its buffers among its parameters, or by what it is while it learns. */
export type Reading = 'prediction' | 'training'

/** The boundary of a model and a loss at n examples, or at one without the axis. */
export function boundary(model: Untyped, loss: UntypedLoss, n: number | undefined, reading: Reading): Boundary {
  const many = (a: Obj): Obj => (n === undefined ? a : batchObject(n, a))
  const [x, y] = [many(objectOf(model.dom)), many(objectOf(loss.label))]
  const part = (buffer: boolean): Obj =>
    parameterObject({ parameters: model.parameters.filter((p) => (p.buffer === true) === buffer) })
  return reading === 'prediction'
    ? { params: parameterObject(model), buffers: object([]), key: object([]), x, y }
    : { params: part(false), buffers: part(true), key: keyObject(model.term), x, y }
}

/** `[n, s…] → [s…]`: the mean in a rig with fractions, the sum elsewhere. */
function average(x: Wire): Wire {
  const total = sum(x, [0])
  return dtypes[x.type.dtype].rational ? multiply(1 / (x.type.shape[0] ?? 1), total) : total
}

const flagsOf = (model: Untyped): readonly boolean[] => [
  ...model.parameters.map(() => false),
  ...model.dom.map(() => true),
]

/** The losses of predictions B under labels Y, followed by the mean over examples where there are n. */
function priced(
  loss: UntypedLoss,
  n: number | undefined,
  y: readonly Wire[],
  b: readonly Wire[],
  algebra: Algebra,
): readonly Wire[] {
  const flags = [...loss.label, ...loss.output].map(() => true)
  const e = n === undefined ? loss.term : batch(n, loss.term, flags)
  const values = apply(box(loss.name, e), [...y, ...b], algebra)
  return n === undefined ? values : values.map(average)
}

/**
 * model ; loss : P ⊗ X ⊗ Y → L at n examples, followed by the mean over them (the sum in a rig without fractions); at one
 * example without the axis where n is undefined. Of the training reading it is P ⊗ U ⊗ K ⊗ X ⊗ Y → L ⊗ U: the buffers U
 * stand apart from the parameters P, and their next values beside the loss; K is a key where the model draws, else I.
 */
export function objective(
  model: Untyped,
  loss: UntypedLoss,
  n: number | undefined,
  reading: Reading = 'prediction',
): Term {
  if (n !== undefined) checkBatch(n)
  const { params, buffers, key, x, y } = boundary(model, loss, n, reading)
  const places = model.parameters.flatMap((p, i) => (reading === 'training' && p.buffer === true ? [i] : []))
  const plain = reading === 'prediction' || (places.length === 0 && trainingBoxes(model.term).length === 0)
  const f = plain
    ? n === undefined
      ? model.term
      : batch(n, model.term, flagsOf(model))
    : training(n, model.term, flagsOf(model), places)
  const width = types(model.term.cod).length
  return diagram([params, buffers, key, x, y].reduce(product), (wires, algebra) => {
    const [p, u, k, a, b] = deal(wires, params, buffers, key, x, y)
    let [learned, carried] = [0, 0]
    const all = model.parameters.map((_, i) => (places.includes(i) ? u[carried++] : p[learned++]) as Wire)
    const out = apply(box('model', f), [...k, ...all, ...a], algebra)
    return [...priced(loss, n, b, out.slice(0, width), algebra), ...out.slice(width)]
  })
}

/** model ; loss with the prediction beside: P ⊗ X ⊗ Y → B ⊗ L, for evaluation. */
export function evaluation(model: Untyped, loss: UntypedLoss, n: number): Term {
  const { params, x, y } = boundary(model, loss, n, 'prediction')
  const f = batch(n, model.term, flagsOf(model))
  const whole = objective(model, loss, n)
  return diagram([params, x, y].reduce(product), (wires, algebra) => [
    ...apply(f, wires.slice(0, params.length + x.length), algebra),
    ...apply(whole, wires, algebra),
  ])
}
