import { oneHot, normal, randomClasses } from './random.mjs'

/** Adam's constants, the same for all systems. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }

/**
 * What a step of Adam multiplies its mean by and adds to its root at time t, counted from 1:
 * `p − scale·m / (√v + guard)` is `p − rate·(m/c₁) / (√(v/c₂) + ϵ)` with cᵢ = 1 − βᵢᵗ.
 */
export function correction(rate, t) {
  const root = Math.sqrt(1 - adam.beta2 ** t)
  return { scale: (rate * root) / (1 - adam.beta1 ** t), guard: adam.epsilon * root }
}

/** The required ratios of a row, in the order of issue 4: to tfjs-layers, to tfjs-core, to jax-js, and to the hand-written wasm. */
const marks = (layers, core, jax, hand) => ({ 'tfjs-layers': layers, 'tfjs-core': core, 'jax-js': jax, hand })

/** A network of dense layers with ReLU between them, at a batch, with an optimiser. */
function dense(sizes, batch, optimiser, rate, required = {}, more = {}) {
  const name = `${more.title ?? sizes.join('-')} B${batch} ${optimiser === 'adam' ? 'Adam' : 'SGD'}`
  return { kind: 'dense', name, sizes, batch, optimiser, rate, marks: required, ...more }
}
const sgd = (sizes, batch, required, more) => dense(sizes, batch, 'sgd', 0.01, required, more)
const adamic = (sizes, batch, required, more) => dense(sizes, batch, 'adam', 1e-3, required, more)

const small = [4, 8, 3]
const digits = [784, 128, 10]
const odd = [100, 65, 33, 7]
const deep = [...Array.from({ length: 20 }, () => 64), 10]
const wide = [784, 3000, 10]

/** The rows: what is trained, and the marks of issue 4. `slow` rows run where they are asked for. */
export const works = [
  sgd(small, 16, marks(1200, 450, 450, 2.3)),
  adamic(small, 16, marks(1200, 450, 450, 2.3)),
  sgd(digits, 32, marks(13, 11, 2.7, 1.1)),
  adamic(digits, 32, marks(13, 10.5, 3.6, 1.1)),
  sgd(digits, 128, marks(10, 9.3, 2, 1.1)),
  adamic(digits, 128, marks(10, 9.3, 2.4, 1.1)),
  dense([784, 1024, 1024, 10], 256, 'sgd', 1e-3, marks(26, 26, 1.8, 1.25), { slow: true, threads: { 'jax-js': 3.4 } }),
  ...[1, 7, 48].flatMap((batch) => [
    sgd(odd, batch, batch === 7 ? marks(100, 50, 60, 1.4) : {}),
    adamic(odd, batch, batch === 7 ? marks(70, 45, 45, 1.4) : {}),
  ]),
  ...[sgd, adamic].map((row) => row(deep, 32, {}, { title: '20 layers of 64' })),
  ...[sgd, adamic].map((row) => row(wide, 32, {})),
  { kind: 'cnn', name: 'CNN B32 SGD', batch: 32, optimiser: 'sgd', rate: 0.01, marks: marks(7, 6, 75, 1.1) },
  { kind: 'adam', name: 'Adam alone 1M', count: 1_000_000, rate: 1e-3, marks: marks(undefined, 8.4, 5.3, 0.95) },
]

/**
 * The CNN of every system, on [28, 28, 1], channels last: 5×5 convolution to 8, ReLU, 2×2 maximum, 5×5 convolution to 16,
 * ReLU, 2×2 maximum, dense to 10.
 */
const cnnShapes = [[5, 5, 1, 8], [8], [5, 5, 8, 16], [16], [256, 10], [10]]

/** The shapes of a work's parameters, weight and bias of each layer in turn. */
export function shapesOf(work) {
  if (work.kind === 'cnn') return cnnShapes
  if (work.kind === 'adam') return [[work.count]]
  return work.sizes.slice(1).flatMap((n, i) => [[work.sizes[i], n], [n]])
}

const product = (shape) => shape.reduce((a, b) => a * b, 1)

/** Parameters of a work: weights drawn with variance 2 / fan-in, biases zero. */
export function parametersOf(work) {
  return shapesOf(work).map((shape, i) => {
    const fan = product(shape.slice(0, -1))
    const data =
      shape.length === 1 && work.kind !== 'adam'
        ? new Float32Array(product(shape))
        : normal(product(shape), 100 + i, Math.sqrt(2 / fan))
    return { shape, data }
  })
}

/** The batch of a training: inputs, their shape, classes, and the classes as one-hot rows; of `adam` a gradient. */
export function batchOf(work) {
  if (work.kind === 'adam') return { gradient: normal(work.count, 7, 1) }
  const own = { cnn: [28, 28, 1], transformer: [16, 64] }[work.kind]
  const [shape, classes] = own === undefined ? [work.sizes.slice(0, 1), work.sizes.at(-1)] : [own, 10]
  const label = randomClasses(work.batch, classes, 11)
  return {
    x: normal(work.batch * product(shape), 7, 1),
    shape: [work.batch, ...shape],
    label,
    oneHot: oneHot(label, classes),
    classes,
  }
}

/** The FLOPs of a step's matrix products and convolutions, 2·M·N·K each; undefined where there are none. */
export function flopsOf(work) {
  if (work.kind === 'adam') return undefined
  // Forward, gradient of the weights and, but for the first layer, gradient of the inputs.
  const products =
    work.kind === 'cnn'
      ? [work.batch * 576 * 25 * 8, work.batch * 64 * 200 * 16, work.batch * 256 * 10]
      : work.sizes.slice(1).map((n, i) => work.batch * n * work.sizes[i])
  return products.reduce((sum, n, i) => sum + 2 * n * (i === 0 ? 2 : 3), 0)
}
