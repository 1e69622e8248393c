import { adam, correction } from '../work.mjs'
import { convolution } from './plain-convolution.mjs'

const zeros = (a) => new Float32Array(a.length)

/** A dense layer [n, k] → [n, m] of typed arrays: `forward` answers outputs, `backward` sets gradients and answers the inputs'. */
function dense([weight, bias], [k, m], n, relu) {
  const out = new Float32Array(n * m)
  const back = new Float32Array(n * k)
  let x
  function forward(input) {
    x = input
    for (let i = 0; i < n; i++) {
      const row = i * m
      for (let j = 0; j < m; j++) out[row + j] = bias[j]
      for (let l = 0; l < k; l++) {
        const a = x[i * k + l]
        const at = l * m
        for (let j = 0; j < m; j++) out[row + j] += a * weight[at + j]
      }
      if (relu) for (let j = 0; j < m; j++) if (out[row + j] < 0) out[row + j] = 0
    }
    return out
  }
  function backward(g, [toWeight, toBias], needed) {
    toWeight.fill(0)
    toBias.fill(0)
    if (relu) for (let i = 0; i < g.length; i++) if (!(out[i] > 0)) g[i] = 0
    for (let i = 0; i < n; i++) {
      const row = i * m
      for (let j = 0; j < m; j++) toBias[j] += g[row + j]
      for (let l = 0; l < k; l++) {
        const a = x[i * k + l]
        const at = l * m
        for (let j = 0; j < m; j++) toWeight[at + j] += a * g[row + j]
      }
    }
    if (needed)
      for (let i = 0; i < n; i++)
        for (let l = 0; l < k; l++) {
          let sum = 0
          for (let j = 0; j < m; j++) sum += g[i * m + j] * weight[l * m + j]
          back[i * k + l] = sum
        }
    return back
  }
  return { forward, backward }
}

/** Softmax and cross-entropy: the mean loss, and into `g` its gradient. */
function softmaxCrossEntropy(logits, label, g, n, m) {
  let loss = 0
  for (let i = 0; i < n; i++) {
    const row = i * m
    let top = -Infinity
    let sum = 0
    for (let j = 0; j < m; j++) top = Math.max(top, logits[row + j])
    for (let j = 0; j < m; j++) {
      g[row + j] = Math.exp(logits[row + j] - top)
      sum += g[row + j]
    }
    for (let j = 0; j < m; j++) g[row + j] /= sum * n
    loss += Math.log(sum) + top - logits[row + label[i]]
    g[row + label[i]] -= 1 / n
  }
  return loss / n
}

function descend(p, g, rate) {
  for (let i = 0; i < p.length; i++) p[i] -= rate * g[i]
}

function adamUpdate(p, g, m, v, { scale, guard }) {
  const { beta1, beta2 } = adam
  for (let i = 0; i < p.length; i++) {
    const mean = beta1 * m[i] + (1 - beta1) * g[i]
    const square = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
    m[i] = mean
    v[i] = square
    p[i] -= (scale * mean) / (Math.sqrt(square) + guard)
  }
}

/** The layers of a work over its parameters, each with the size of its part of them. */
function layersOf(work, p) {
  if (work.kind === 'cnn')
    return [
      convolution(p.slice(0, 2), [28, 28, 1], 8, work.batch),
      convolution(p.slice(2, 4), [12, 12, 8], 16, work.batch),
      dense(p.slice(4), [256, 10], work.batch, false),
    ]
  const { sizes } = work
  return sizes.slice(1).map((m, i) => dense(p.slice(2 * i, 2 * i + 2), [sizes[i], m], work.batch, i < sizes.length - 2))
}

/** Loops over typed arrays, made once. */
export function training(work, batch, parameters) {
  const p = parameters.map(({ data }) => data.slice())
  const [gradients, means, squares] = [p.map(zeros), p.map(zeros), p.map(zeros)]
  const layers = layersOf(work, p)
  const pairs = layers.map((_, i) => gradients.slice(2 * i, 2 * i + 2))
  const first = new Float32Array(work.batch * batch.classes)
  let [t, losses] = [0, []]
  return {
    name: 'plain JS',
    call: 'typed arrays',
    step() {
      let h = batch.x
      for (const layer of layers) h = layer.forward(h)
      losses.push(softmaxCrossEntropy(h, batch.label, first, work.batch, batch.classes))
      let g = first
      for (let i = layers.length - 1; i >= 0; i--) g = layers[i].backward(g, pairs[i], i > 0)
      t += 1
      const numbers = correction(work.rate, t)
      for (let i = 0; i < p.length; i++)
        if (work.optimiser === 'sgd') descend(p[i], gradients[i], work.rate)
        else adamUpdate(p[i], gradients[i], means[i], squares[i], numbers)
    },
    losses: () => losses.splice(0),
    dispose: () => losses.splice(0),
  }
}

/** Adam's update alone. */
export function update(work, batch, parameters) {
  const p = parameters[0].data.slice()
  const [mean, square] = [zeros(p), zeros(p)]
  let t = 0
  return {
    name: 'plain JS',
    call: 'typed arrays',
    step() {
      t += 1
      adamUpdate(p, batch.gradient, mean, square, correction(work.rate, t))
    },
    losses: () => [],
    values: async () => [...p],
    dispose: () => [],
  }
}
