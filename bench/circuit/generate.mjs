/** The circuits of the mark, number for number: layers whose wires are all read twice (D), or wires drawn from all before (R). */

/** The ten truth tables of two operands that depend on both. */
const both = [1, 2, 4, 6, 7, 8, 9, 11, 13, 14]

/** Sizes by name: kind, inputs, gates, gates a layer. */
export const shapes = {
  D200: ['D', 20, 200, 20],
  D2k: ['D', 200, 2000, 200],
  D5k: ['D', 500, 5000, 500],
  D10k: ['D', 1000, 10000, 1000],
  D48k: ['D', 8000, 48000, 8000],
  R10k: ['R', 256, 10000, 0],
}

/** A circuit as arrays of truth tables and operands; gate g is wire inputs + g. */
export function generate(name) {
  const [kind, inputs, gates, width] = shapes[name]
  let state = 12345
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const permutation = () => {
    const p = Uint32Array.from({ length: width }, (_, i) => i)
    for (let i = width - 1; i > 0; i--) {
      const j = next() % (i + 1)
      ;[p[i], p[j]] = [p[j], p[i]]
    }
    return p
  }
  const [op, a, b] = [new Uint8Array(gates), new Uint32Array(gates), new Uint32Array(gates)]
  const level = new Int32Array(inputs + gates)
  let first, second
  for (let i = 0; i < gates; i++) {
    op[i] = kind === 'D' ? both[(next() >>> 7) % 10] : (next() >>> 7) & 15
    if (kind === 'R') {
      a[i] = next() % (inputs + i)
      b[i] = next() % (inputs + i)
      level[inputs + i] = 1 + Math.max(level[a[i]], level[b[i]])
    } else {
      const layer = Math.floor(i / width)
      const base = layer === 0 ? 0 : inputs + (layer - 1) * width
      if (i % width === 0) [first, second] = [permutation(), permutation()]
      a[i] = base + first[i % width]
      b[i] = base + second[i % width]
      level[inputs + i] = 1 + layer
    }
  }
  const count = kind === 'D' ? width : 64
  const outputs = Uint32Array.from({ length: count }, (_, i) => inputs + gates - count + i)
  return { name, kind, inputs, gates, width, op, a, b, level, outputs }
}

/** The circuit as a netlist. */
export const netlistOf = ({ inputs, gates, op, a, b, outputs }) => ({
  inputs,
  start: Int32Array.from({ length: gates + 1 }, (_, g) => 2 * g),
  operands: Int32Array.from({ length: 2 * gates }, (_, i) => (i % 2 === 0 ? a : b)[i >> 1]),
  tableStart: Int32Array.from({ length: gates + 1 }, (_, g) => g),
  tables: Uint32Array.from(op),
  outputs: Int32Array.from(outputs),
})

/** The circuit by level and table, as bytes that the mark reads. */
export function fileOf({ kind, inputs, gates, width, op, a, b, level, outputs }) {
  const order = Uint32Array.from({ length: gates }, (_, i) => i).sort(
    (p, q) => level[inputs + p] - level[inputs + q] || op[p] - op[q] || p - q,
  )
  const renamed = new Uint32Array(inputs + gates)
  for (let i = 0; i < inputs; i++) renamed[i] = i
  for (const [i, g] of order.entries()) renamed[inputs + g] = inputs + i
  const runs = []
  let last = -1
  for (const g of order) {
    const key = 16 * level[inputs + g] + op[g]
    if (key === last) runs[runs.length - 1]++
    else runs.push(op[g], 1)
    last = key
  }
  const words = [
    Uint32Array.of(inputs, gates, kind === 'R' ? 0 : width, runs.length / 2, outputs.length),
    outputs.map((wire) => renamed[wire]),
    Uint32Array.from(runs),
    Uint32Array.from(order, (g) => renamed[a[g]]),
    Uint32Array.from(order, (g) => renamed[b[g]]),
  ]
  const bytes = words.map((w) => new Uint8Array(w.buffer))
  const file = Buffer.concat([...bytes, Uint8Array.from(order, (g) => op[g])])
  return { file, order }
}

/** Word w of input i, and the checksum of planes of words, as the mark has them. */
export function hash(i, w) {
  let h = Math.imul(i, 0x9e3779b1) ^ Math.imul(w, 0x85ebca77)
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
export function checksum({ planes, samples, words }) {
  const width = samples / 32
  let sum = 0
  for (let i = 0; i < planes; i++)
    for (let w = 0; w < width; w++)
      sum = (sum + Math.imul(words[i * width + w], (Math.imul(i, 0x9e3779b1) ^ Math.imul(w, 0x85ebca77)) | 1)) | 0
  return (sum >>> 0).toString(16).padStart(8, '0')
}

/** Layers of gates with random operands in the layer before and one of the ten truth tables that depend on both. */
export function randomLayers(inputs, layers) {
  let state = 99
  const next = (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * n)
  }
  const [a, b, op] = [[], [], []]
  let [from, width] = [0, inputs]
  for (const size of layers) {
    for (let k = 0; k < size; k++) {
      a.push(from + next(width))
      b.push(from + next(width))
      op.push(both[next(10)])
    }
    from += width
    width = size
  }
  const gates = op.length
  return netlistOf({ inputs, gates, op, a, b, outputs: Array.from({ length: width }, (_, i) => from + i) })
}

/** Bytes from a hash. */
export const randomBytes = (n) => Uint8Array.from({ length: n }, (_, i) => hash(i, 7) >>> 24)

/** A cell of the Game of Life from its nine cells, by adders: input 4 is the cell. */
export function lifeCell() {
  const [op, a, b] = [[], [], []]
  const gate = (table, x, y) => {
    op.push(table)
    a.push(x)
    b.push(y)
    return 9 + op.length - 1
  }
  const [and, or, xor, andNot] = [8, 14, 6, 2].map((table) => (x, y) => gate(table, x, y))
  const half = (x, y) => [xor(x, y), and(x, y)]
  const full = (x, y, z) => {
    const [s, c] = half(x, y)
    const [t, d] = half(s, z)
    return [t, or(c, d)]
  }
  const [s1, c1] = full(0, 1, 2)
  const [s2, c2] = full(3, 5, 6)
  const [s3, c3] = half(7, 8)
  const [ones, c4] = full(s1, s2, s3)
  // Twos c1 + c2 + c3 + c4: exactly one of them is two or three neighbours.
  const [t1, u1] = full(c1, c2, c3)
  const [twos, u2] = half(t1, c4)
  const alive = andNot(and(twos, or(ones, 4)), or(u1, u2))
  return netlistOf({ inputs: 9, gates: op.length, op, a, b, outputs: [alive] })
}
