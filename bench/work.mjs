/** The trainings that are timed: sizes of the layers, batch, optimiser, rate, and the required ratios to the peers. */
export const works = [
  {
    name: '784-128-10 B128 Adam',
    sizes: [784, 128, 10],
    batch: 128,
    optimiser: 'adam',
    rate: 1e-3,
    marks: { 'tfjs-layers': 4, 'tfjs-core': 3.5 },
  },
  { name: '784-128-10 B32 Adam', sizes: [784, 128, 10], batch: 32, optimiser: 'adam', rate: 1e-3, marks: {} },
  { name: '4-8-3 B16 Adam', sizes: [4, 8, 3], batch: 16, optimiser: 'adam', rate: 1e-2, marks: {} },
  {
    name: '784-1024-1024-10 B256 SGD',
    sizes: [784, 1024, 1024, 10],
    batch: 256,
    optimiser: 'sgd',
    rate: 1e-3,
    marks: {},
    slow: true,
  },
]

/** Adam as all three are given it. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }

/** Numbers of [0, 1) from a seed: a linear congruence modulo 2³². */
function uniform(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Standard normal numbers from a seed, by Box and Muller. */
function normal(n, seed) {
  const next = uniform(seed)
  return Float32Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()))
}

/** The batch of a work: inputs, classes, and the classes as one-hot rows. */
export function batchOf({ sizes, batch }) {
  const [width] = sizes
  const classes = sizes.at(-1)
  const next = uniform(11)
  const label = Int32Array.from({ length: batch }, () => Math.floor(next() * classes))
  const oneHot = new Float32Array(batch * classes)
  for (const [row, k] of label.entries()) oneHot[row * classes + k] = 1
  return { x: normal(batch * width, 7), label, oneHot, width, classes }
}
