import { adam, correction } from '../work.mjs'

const memories = []

/** Loads jax-js on its wasm backend; the memory that it makes is kept in sight, for its size. */
async function load() {
  const { Memory } = WebAssembly
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, args) {
      const memory = Reflect.construct(target, args)
      memories.push(memory)
      return memory
    },
  })
  const jax = await import('@jax-js/jax')
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  WebAssembly.Memory = Memory
  return jax
}

const jax = await load()
const { numpy: np, nn, lax, tree } = jax

const heap = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)
const array = (data, shape) => np.array(data.slice()).reshape(shape)
const zeros = (parameters) => parameters.map(({ shape }) => np.zeros(shape))

function network(h, learned) {
  let out = h
  for (let i = 0; i < learned.length; i += 2) {
    out = np.dot(out, learned[i]).add(learned[i + 1])
    if (i < learned.length - 2) out = nn.relu(out)
  }
  return out
}

/** The logits of the CNN: jax-js convolves with channels first, so weights and inputs are arranged so once, before. */
function cnn(x, [first, firstBias, second, secondBias, ...out]) {
  const block = (h, weight, bias) =>
    lax.reduceWindow(nn.relu(lax.convGeneralDilated(h, weight, [1, 1], 'VALID').add(bias)), np.max, [2, 2], [2, 2])
  const h = block(block(x, first, firstBias), second, secondBias)
  return network(h.reshape([h.shape[0], 256]), out)
}

/** The parameters with channels first: filters [out, in, 5, 5], biases [out, 1, 1], the last weight's rows by channel first. */
function channelsFirst(parameters) {
  return parameters.map(({ shape, data }, i) => {
    if (i === 4) return array(data, [4, 4, 16, 10]).transpose([2, 0, 1, 3]).reshape([256, 10])
    if (shape.length === 4) return array(data, shape).transpose([3, 2, 0, 1])
    return array(data, i < 4 ? [shape[0], 1, 1] : shape)
  })
}

/** The update of all parameters: `p − rate·g`, or Adam's with its two numbers of the step. */
const descend = (rate) => (state, p, g) => [state, tree.map((a, b) => a.sub(b.mul(rate)), p, g)]
function adamUpdate([mean, square], p, g, scale, guard) {
  const m = tree.map((a, b) => a.mul(adam.beta1).add(b.mul(1 - adam.beta1)), mean, tree.ref(g))
  const v = tree.map((a, b) => a.mul(adam.beta2).add(np.square(b).mul(1 - adam.beta2)), square, g)
  const next = tree.map(
    (a, b, c) => a.sub(b.div(np.sqrt(c).add(guard.ref)).mul(scale.ref)),
    p,
    tree.ref(m),
    tree.ref(v),
  )
  return [[m, v], next]
}

/** One `jit` of the whole step with its update; the loss is read at every step. */
export function training(work, batch, parameters) {
  const convolves = work.kind === 'cnn'
  const model = convolves ? cnn : network
  const x = array(batch.x, convolves ? [work.batch, 1, 28, 28] : batch.shape)
  const y = array(batch.oneHot, [work.batch, batch.classes])
  const cost = (p, a, b) =>
    nn
      .logSoftmax(model(a, p))
      .mul(b)
      .sum()
      .mul(-1 / work.batch)
  const update = work.optimiser === 'adam' ? adamUpdate : descend(work.rate)
  const step = jax.jit((state, p, a, b, ...scalars) => {
    const [loss, gradient] = jax.valueAndGrad(cost)(tree.ref(p), a, b)
    return [...update(state, p, gradient, ...scalars), loss]
  })
  let p = convolves ? channelsFirst(parameters) : parameters.map(({ shape, data }) => array(data, shape))
  let state = work.optimiser === 'adam' ? [zeros(parameters), zeros(parameters)] : []
  let [t, losses] = [0, []]
  return {
    name: 'jax-js',
    call: 'jit of the step',
    async step() {
      t += 1
      const { scale, guard } = correction(work.rate, t)
      const scalars = work.optimiser === 'adam' ? [np.array([scale]), np.array([guard])] : []
      const [nextState, next, loss] = step(state, p, x.ref, y.ref, ...scalars)
      ;[state, p] = [nextState, next]
      await jax.blockUntilReady([state, p])
      losses.push(loss.js())
    },
    losses: () => losses.splice(0),
    heap,
    dispose() {
      tree.dispose([state, p, x, y])
      losses = []
    },
  }
}

/** `jit` of Adam's update alone. */
export function update(work, batch, parameters) {
  const step = jax.jit(adamUpdate)
  const gradient = array(batch.gradient, [work.count])
  let p = [array(parameters[0].data, [work.count])]
  let state = [zeros(parameters), zeros(parameters)]
  let t = 0
  return {
    name: 'jax-js',
    call: 'jit of the update',
    async step() {
      t += 1
      const { scale, guard } = correction(work.rate, t)
      ;[state, p] = step(state, p, [gradient.ref], np.array([scale]), np.array([guard]))
      await jax.blockUntilReady([state, p])
    },
    losses: () => [],
    values: async () => [...p[0].ref.dataSync()],
    heap,
    dispose: () => tree.dispose([state, p, gradient]),
  }
}
