import * as tf from '@tensorflow/tfjs-core'
import { registerFilterGradient } from './filter-gradient.mjs'
import { optimiserOf, ready, tfjsHeap } from './tfjs.mjs'

function variable({ shape, data }) {
  const first = tf.tensor(data, shape)
  const made = tf.variable(first)
  first.dispose()
  return made
}

/** The logits of a network of dense layers, ReLU between them. */
function network(x, learned) {
  let h = x
  for (let i = 0; i < learned.length; i += 2) {
    h = tf.add(tf.matMul(h, learned[i]), learned[i + 1])
    if (i < learned.length - 2) h = tf.relu(h)
  }
  return h
}

/** The logits of the CNN. */
function cnn(x, [first, firstBias, second, secondBias, ...out]) {
  const block = (h, weight, bias) => tf.maxPool(tf.relu(tf.add(tf.conv2d(h, weight, 1, 'valid'), bias)), 2, 2, 'valid')
  const h = block(block(x, first, firstBias), second, secondBias)
  return network(tf.reshape(h, [x.shape[0], 256]), out)
}

const named = (backend) => (backend === 'wasm' ? 'tfjs-core' : `tfjs-core ${backend}`)

/** `optimizer.minimize` with the tape; the batch is uploaded once. It reads the loss at every step. */
export async function training(work, batch, parameters, backend) {
  await ready(backend)
  if (work.kind === 'cnn') registerFilterGradient()
  const learned = parameters.map(variable)
  const x = tf.tensor(batch.x, batch.shape)
  const y = tf.tensor(batch.oneHot, [work.batch, batch.classes])
  const rule = optimiserOf(work)
  const model = work.kind === 'cnn' ? cnn : network
  const loss = () => tf.losses.softmaxCrossEntropy(y, model(x, learned))
  let losses = []
  return {
    name: named(backend),
    call: work.kind === 'cnn' ? 'optimizer.minimize, patched' : 'optimizer.minimize',
    backend,
    step() {
      const cost = rule.minimize(loss, true, learned)
      losses.push(cost.dataSync()[0])
      cost.dispose()
    },
    losses: () => losses.splice(0),
    heap: tfjsHeap,
    dispose() {
      rule.dispose()
      tf.dispose([x, y, ...learned])
      losses = []
    },
  }
}

/** `AdamOptimizer.applyGradients`, which tfjs-layers calls too. */
export async function update(work, batch, parameters) {
  await ready('wasm')
  const learned = variable(parameters[0])
  const gradient = tf.tensor(batch.gradient)
  const rule = optimiserOf(work)
  return {
    name: named('wasm'),
    call: 'applyGradients',
    backend: 'wasm',
    step: () => rule.applyGradients([{ name: learned.name, tensor: gradient }]),
    losses: () => [],
    values: async () => [...(await learned.data())],
    heap: tfjsHeap,
    dispose() {
      rule.dispose()
      tf.dispose([learned, gradient])
    },
  }
}
