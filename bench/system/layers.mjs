import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { adam } from '../work.mjs'

/** `trainOnBatch` of a sequential model of dense layers; the batch is uploaded once. It reads the loss at every step. */
export function layers(work, batch, weights) {
  const { sizes, optimiser, rate } = work
  const model = tfl.sequential()
  for (const [i, units] of sizes.slice(1).entries())
    model.add(
      tfl.layers.dense({
        units,
        activation: i < sizes.length - 2 ? 'relu' : 'softmax',
        ...(i === 0 ? { inputShape: [sizes[0]] } : {}),
      }),
    )
  const rule = optimiser === 'adam' ? tf.train.adam(rate, adam.beta1, adam.beta2, adam.epsilon) : tf.train.sgd(rate)
  model.compile({ optimizer: rule, loss: 'categoricalCrossentropy' })
  for (const [i, { weight, bias }] of weights.entries()) {
    const tensors = [tf.tensor(weight, [sizes[i], sizes[i + 1]]), tf.tensor(bias)]
    model.layers[i].setWeights(tensors)
    tf.dispose(tensors)
  }
  const x = tf.tensor(batch.x, [work.batch, batch.width])
  const y = tf.tensor(batch.oneHot, [work.batch, batch.classes])
  let losses = []
  return {
    name: 'tfjs-layers',
    call: 'trainOnBatch',
    backend: 'wasm',
    async step() {
      losses.push(await model.trainOnBatch(x, y))
    },
    losses: () => losses.splice(0),
    dispose() {
      model.dispose()
      rule.dispose()
      tf.dispose([x, y])
      losses = []
    },
  }
}
