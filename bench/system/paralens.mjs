import { pipe } from 'fp-ts/lib/function.js'
import * as p from '../../dist/src/index.js'
import { tensorflow } from '../../dist/src/backend/tensorflow/index.js'
import { adam } from '../work.mjs'

/** The library's backend over tfjs' wasm kernels. */
export const backend = await tensorflow('wasm')

/** The learner of a work and its first point, from whose weights the peers start too. */
export function learnerOf({ sizes, optimiser, rate }) {
  const layers = sizes.slice(1).map((n, i) => p.named(`layer${i}`, p.dense(sizes[i], n)))
  const model = layers.reduce((f, g) => pipe(f, p.andThen(p.relu), p.andThen(g)))
  const rule = optimiser === 'adam' ? p.adam({ rate, ...adam }) : p.sgd({ rate })
  const learner = p.learner(model, p.softmaxCrossEntropy(sizes.at(-1)), rule)
  return { learner, point: p.start(learner, 1) }
}

/** Weights and biases of a point, layer by layer. */
export function weightsOf(point) {
  return Object.values(point.params).map(({ weight, bias }) => ({ weight: weight.data, bias: bias.data }))
}

/** `session.step` on a batch that is copied in at every step; the losses of the steps are read when they are asked for. */
export function paralens(work, batch) {
  const { learner, point } = learnerOf(work)
  const session = p.session(learner, backend, point)
  const x = { dtype: 'float32', shape: [work.batch, batch.width], data: batch.x }
  const y = { dtype: 'int32', shape: [work.batch], data: batch.label }
  return {
    name: 'paralens',
    call: 'session.step',
    backend: 'wasm',
    step: () => session.step(x, y),
    losses: () => session.losses(),
    dispose: () => session.dispose(),
  }
}
