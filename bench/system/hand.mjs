import { adam, correction } from '../work.mjs'
import { convolutions } from './hand-convolution.mjs'

/** Rows of a packed panel at once. */
const block = 256

/** An instance of a module over a memory of its own, with what allocates in it. */
async function instance(bytes) {
  const memory = new WebAssembly.Memory({ initial: 64 })
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(await bytes()), { env: { memory } })
  let next = 1 << 16
  /** The address of n floats, with a spare line behind them that kernels may read. */
  function room(n) {
    const at = (next + 63) & ~63
    next = at + 4 * (n + 16)
    const missing = next - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / 65536))
    return at
  }
  function put(data) {
    const at = room(data.length)
    new data.constructor(memory.buffer, at, data.length).set(data)
    return at
  }
  return { exports, memory, room, put }
}

/** The calls of a network of dense layers: forward to the logits, and back from their gradient, a product of each at a time. */
function network(work, batch, { exports, room }, p, gradients, x) {
  const { sizes, batch: n } = work
  const last = sizes.length - 1
  const outs = [x, ...sizes.slice(1).map((m) => room(n * m))]
  const backs = sizes.map((m) => room(n * m))
  const scratch = room(64 + Math.max(block, n) * (Math.max(...sizes) + 16))
  return {
    logits: outs[last],
    cotangent: backs[last],
    forward() {
      for (let i = 0; i < last; i++) {
        const [k, m, relu] = [sizes[i], sizes[i + 1], i < last - 1 ? 1 : 0]
        exports.gemm4(outs[i], k, 1, p[2 * i], m, 0, outs[i + 1], n, m, k, p[2 * i + 1], relu, 0, scratch, block, 1)
      }
    },
    backward(descends) {
      for (let i = last - 1; i >= 0; i--) {
        const [k, m] = [sizes[i], sizes[i + 1]]
        if (i > 0)
          exports.gemm4(backs[i + 1], m, 1, p[2 * i], m, 1, backs[i], n, k, m, 0, 0, outs[i], scratch, block, 1)
        exports.colsum(backs[i + 1], gradients[2 * i + 1], n, m)
        if (descends) exports.gemm_tn_sgd(outs[i], k, backs[i + 1], p[2 * i], k, m, n, -work.rate, scratch)
        else exports.gemm4(outs[i], 1, k, backs[i + 1], m, 0, gradients[2 * i], k, m, n, 0, 0, 0, scratch, block, 1)
      }
    },
  }
}

/** A step of calls to the hand-written kernels; descent on the weights of a dense layer is fused with its product. */
export async function training(work, batch, parameters, { name, bytes }) {
  const made = await instance(bytes)
  const { exports, memory, put } = made
  const arrays = parameters.map(({ data }) => data)
  const p = arrays.map(put)
  const [gradients, means, squares] = [0, 1, 2].map(() => arrays.map((a) => put(new Float32Array(a.length))))
  const label = put(batch.label)
  const model = (work.kind === 'cnn' ? convolutions : network)(work, batch, made, p, gradients, put(batch.x))
  const descends = work.optimiser === 'sgd'
  const fused = descends && work.kind === 'dense'
  const { beta1, beta2 } = adam
  let [t, losses] = [0, []]
  function descend() {
    for (let i = fused ? 1 : 0; i < p.length; i += fused ? 2 : 1)
      exports.sgd(p[i], gradients[i], work.rate, arrays[i].length)
  }
  function adamUpdate({ scale, guard }) {
    for (let i = 0; i < p.length; i++)
      exports.adam(p[i], gradients[i], means[i], squares[i], arrays[i].length, beta1, beta2, scale, guard)
  }
  return {
    name,
    call: 'kernels in turn',
    step() {
      model.forward()
      losses.push(exports.softmax_ce(model.logits, label, model.cotangent, work.batch, batch.classes))
      model.backward(fused)
      t += 1
      if (descends) descend()
      else adamUpdate(correction(work.rate, t))
    },
    losses: () => losses.splice(0),
    heap: () => memory.buffer.byteLength,
    dispose: () => losses.splice(0),
  }
}

/** Adam's update alone. */
export async function update(work, batch, parameters, { name, bytes }) {
  const { exports, memory, put } = await instance(bytes)
  const [p, gradient] = [put(parameters[0].data), put(batch.gradient)]
  const [mean, square] = [0, 1].map(() => put(new Float32Array(work.count)))
  let t = 0
  return {
    name,
    call: 'adam',
    step() {
      t += 1
      const { scale, guard } = correction(work.rate, t)
      exports.adam(p, gradient, mean, square, work.count, adam.beta1, adam.beta2, scale, guard)
    },
    losses: () => [],
    values: async () => [...new Float32Array(memory.buffer, p, work.count)],
    heap: () => memory.buffer.byteLength,
    dispose: () => [],
  }
}
