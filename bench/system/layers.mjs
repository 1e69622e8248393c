import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { registerFilterGradient } from './filter-gradient.mjs'
import { optimiserOf, ready, tfjsHeap } from './tfjs.mjs'

const { conv2d, dense, flatten, maxPooling2d } = tfl.layers

function network({ sizes }) {
  return sizes.slice(1).map((units, i) =>
    dense({
      units,
      activation: i < sizes.length - 2 ? 'relu' : 'softmax',
      ...(i === 0 ? { inputShape: [sizes[0]] } : {}),
    }),
  )
}

function cnn() {
  const pool = () => maxPooling2d({ poolSize: 2, strides: 2 })
  return [
    conv2d({ filters: 8, kernelSize: 5, activation: 'relu', inputShape: [28, 28, 1] }),
    pool(),
    conv2d({ filters: 16, kernelSize: 5, activation: 'relu' }),
    pool(),
    flatten(),
    dense({ units: 10, activation: 'softmax' }),
  ]
}

/** `trainOnBatch` of a sequential model; the batch is uploaded once. It reads the loss at every step. */
export async function training(work, batch, parameters) {
  await ready('wasm')
  if (work.kind === 'cnn') registerFilterGradient()
  const model = tfl.sequential({ layers: work.kind === 'cnn' ? cnn() : network(work) })
  const rule = optimiserOf(work)
  model.compile({ optimizer: rule, loss: 'categoricalCrossentropy' })
  const first = parameters.map(({ shape, data }) => tf.tensor(data, shape))
  model.setWeights(first)
  tf.dispose(first)
  const x = tf.tensor(batch.x, batch.shape)
  const y = tf.tensor(batch.oneHot, [work.batch, batch.classes])
  let losses = []
  return {
    name: 'tfjs-layers',
    call: work.kind === 'cnn' ? 'trainOnBatch, patched' : 'trainOnBatch',
    backend: 'wasm',
    async step() {
      losses.push(await model.trainOnBatch(x, y))
    },
    losses: () => losses.splice(0),
    heap: tfjsHeap,
    dispose() {
      model.dispose()
      rule.dispose()
      tf.dispose([x, y])
      losses = []
    },
  }
}
