import * as tf from '@tensorflow/tfjs-core'
import { adam } from '../work.mjs'

/** `optimizer.minimize` with the tape; the batch is uploaded once. It reads the loss at every step. */
export function core(work, batch, weights, backend = 'wasm') {
  const { sizes, optimiser, rate } = work
  // The cpu backend greets on its first write in Node unless this is set.
  if (backend === 'cpu') Object.assign(tf.findBackend(backend), { firstUse: false })
  const variables = weights.map(({ weight, bias }, i) => ({
    weight: variable(weight, [sizes[i], sizes[i + 1]]),
    bias: variable(bias, [sizes[i + 1]]),
  }))
  const x = tf.tensor(batch.x, [work.batch, batch.width])
  const y = tf.tensor(batch.oneHot, [work.batch, batch.classes])
  const rule = optimiser === 'adam' ? tf.train.adam(rate, adam.beta1, adam.beta2, adam.epsilon) : tf.train.sgd(rate)
  const learned = variables.flatMap(({ weight, bias }) => [weight, bias])
  const loss = () => {
    let h = x
    for (const [i, { weight, bias }] of variables.entries()) {
      h = tf.add(tf.matMul(h, weight), bias)
      if (i < variables.length - 1) h = tf.relu(h)
    }
    return tf.losses.softmaxCrossEntropy(y, h)
  }
  let losses = []
  return {
    name: backend === 'wasm' ? 'tfjs-core' : `tfjs-core ${backend}`,
    call: 'optimizer.minimize',
    backend,
    step() {
      const cost = rule.minimize(loss, true, learned)
      losses.push(cost.dataSync()[0])
      cost.dispose()
    },
    losses: () => losses.splice(0),
    dispose() {
      rule.dispose()
      tf.dispose([x, y, ...learned])
      losses = []
    },
  }
}

function variable(values, shape) {
  const first = tf.tensor(values, shape)
  const made = tf.variable(first)
  first.dispose()
  return made
}
